//! What a reader shares, takes away and brings back, in one card: the link, code for other
//! pages, charts as pictures and tables, the scenario as a file.

use std::sync::Arc;

use compute_loop_core::cite::{NAME, Visit};
use compute_loop_core::file;
use compute_loop_core::odds::sensitivity::{self, Sensitivity};
use compute_loop_core::odds::{Answer, Desk, FIRST_DRAWS};
use compute_loop_core::outcome::Outcome;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::words::{mark, t};
use compute_loop_core::{link, model, say};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{DragEvent, FileList};

use crate::charts::{Case, Chart, Picture, View};
use crate::dialog::Card;
use crate::export::{self, File};
use crate::handover;
use crate::kinds::Kinds;
use crate::live::memo;
use crate::palette::Theme;
use crate::poster::{Poster, Words};
use crate::query::Part;
use crate::quote::{CODE, copyable};
use crate::snippet::{Form, Snippet};
use crate::state::State;
use crate::{browser, canvas};

/// How many pixels a CSS pixel of a picture has.
const RATIO: f64 = 2.0;

/// What the shading of a chart says, where the page says it beside the chart.
const SHADED: &str =
    mark("Shaded: nine of ten drawn worlds, the middle half darker; dotted: the median.");

/// The card.
pub(crate) fn card(state: State) -> AnyView {
    let open = memo(move || state.share.with(Option::is_some));
    let content = move || open.get().then(|| view! { <Content state /> });
    view! {
        <Card open clear=move || state.share.set(None) class="sharing" label=t("Share and download")>
            {content}
        </Card>
    }
    .into_any()
}

/// What a part is called in a list.
fn called(part: Part) -> &'static str {
    match part {
        Part::Opening => t("The opening: sentence, chart and figures"),
        Part::Chart(chart) => t(chart.called()),
    }
}

#[component]
fn Content(state: State) -> impl IntoView {
    let part = RwSignal::new(state.share.get_untracked().unwrap_or_default());
    let link = memo(move || browser::address(&link::encode(&state.scenario.get())));
    let said = RwSignal::new(String::new());
    let share = move |_| {
        let refused = move || {
            said.set(t("The system did not take the link. It can be copied above.").into());
        };
        handover::share(t(NAME), &link.get_untracked(), refused);
    };
    let views = Part::all().map(|one| {
        view! { <option value=one.id() selected=one == part.get_untracked()>{called(one)}</option> }
    });
    let chosen = move |event: web_sys::Event| {
        if let Some(one) = Part::from_id(&event_target_value(&event)) {
            part.set(one);
        }
    };
    view! {
        <h2>{t("Share")}</h2>
        {copyable(t("Link to the page with these beliefs"), "page-link", link)}
        {handover::can_share().then(|| view! {
            <p><button type="button" class="more" id="system-share" on:click=share>{t("Share by another program")}</button></p>
        })}
        <h2>{t("Download")}</h2>
        <label class="choice">
            <span>{t("View")}</span>
            <select id="share-view" on:change=chosen>{views.collect_view()}</select>
        </label>
        <Downloads part state said />
        <p role="status" class="said" id="share-said">{said}</p>
        <h3>{t("In another page")}</h3>
        {if handover::is_hosted() {
            view! { <Code part state /> }.into_any()
        } else {
            view! { <p>{t("Other pages can only show one that stands on a host; this copy was opened from disk.")}</p> }.into_any()
        }}
        <h2>{t("Open a saved scenario")}</h2>
        <Import state />
    }
}

/// The buttons that save files.
#[component]
fn Downloads(part: RwSignal<Part>, state: State, said: RwSignal<String>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let save = move |file: Option<File>| {
        let words = match file {
            Some(file) if handover::save(&file) => say!("Saved as {name}.", name = file.name),
            Some(_) => t("The page around this one does not let it save files. Open the whole page by its link and save there.").into(),
            None => t("The browser could not make this picture. SVG does without it.").into(),
        };
        said.set(words);
    };
    let chart = move || part.get_untracked().chart();
    let csv = move |_| save(Some(Taken::of(state).csv(chart())));
    let svg = move |_| save(Some(Taken::of(state).svg(chart())));
    let png = move |_| {
        let chart = chart();
        spawn_local(async move { save(Taken::of(state).png(chart).await) });
    };
    let json = move |_| {
        let Taken {
            scenario,
            outcome,
            day,
            ..
        } = Taken::of(state);
        save(Some(export::scenario_file(&scenario, &outcome, &day)));
    };
    let all = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        said.set(t("Putting everything together …").into());
        spawn_local(async move {
            let file = everything(state).await;
            save(Some(file));
            busy.set(false);
        });
    };
    view! {
        <p class="downloads">
            <span>{t("The chart:")}</span>
            <button type="button" class="more" data-save="png" on:click=png>"PNG"</button>
            <button type="button" class="more" data-save="svg" on:click=svg>"SVG"</button>
            <button type="button" class="more" data-save="csv" on:click=csv>{t("Data as CSV")}</button>
        </p>
        <p class="downloads">
            <span>{t("The scenario:")}</span>
            <button type="button" class="more" data-save="json" on:click=json>"JSON"</button>
            <button type="button" class="more" data-save="zip" aria-disabled=move || if busy.get() { "true" } else { "false" } on:click=all>
                {t("Every chart and table as ZIP")}
            </button>
        </p>
    }
}

/// Code for another page.
#[component]
fn Code(part: RwSignal<Part>, state: State) -> impl IntoView {
    let form = RwSignal::new(Form::default());
    let pinned = RwSignal::new(true);
    let theme = RwSignal::new(None::<Theme>);
    let chrome = RwSignal::new(true);
    let code = memo(move || {
        let (scenario, part) = (state.scenario.get(), part.get());
        let chart = part.chart();
        let form = form.get();
        // How high the picture is decides nothing for the others.
        let height = form
            .is_picture()
            .then(|| Taken::of(state).poster(chart).1.height);
        let name = export::chart_name(chart, &scenario, &handover::day(), "png");
        let snippet = Snippet {
            page: &handover::page(),
            part,
            title: &say!("{page}: {view}", page = t(NAME), view = called(part)),
            pinned: pinned.get().then_some(&scenario),
            theme: theme.get(),
            chrome: chrome.get(),
            picture: (&name, height.unwrap_or_default()),
        };
        snippet.code(form)
    });
    let forms = Form::ALL.map(|form| view! { <option value=form.id()>{t(form.called())}</option> });
    let form_chosen = move |event: web_sys::Event| {
        form.set(Form::from_id(&event_target_value(&event)).unwrap_or_default());
    };
    let theme_chosen = move |event: web_sys::Event| {
        theme.set(Theme::from_id(&event_target_value(&event)));
    };
    let scenario = |id: &'static str, keeps: bool, words: &'static str| {
        view! {
            <label>
                <input type="radio" name="embed-scenario" id=id prop:checked=move || pinned.get() == keeps on:change=move |_| pinned.set(keeps) />
                <span>{words}</span>
            </label>
        }
    };
    let framed = move || !form.get().is_picture();
    view! {
        <div class="choices">
            <label class="choice">
                <span>{t("Form")}</span>
                <select id="embed-form" on:change=form_chosen>{forms.collect_view()}</select>
            </label>
            <label class="choice">
                <span>{t("Theme")}</span>
                <select id="embed-theme" disabled=move || !framed() on:change=theme_chosen>
                    <option value="">{t("Each reader’s own")}</option>
                    <option value="light">{t("Light")}</option>
                    <option value="dark">{t("Dark")}</option>
                </select>
            </label>
            <fieldset aria-label=t("Which scenario")>
                {scenario("embed-pinned", true, t("Keep these beliefs"))}
                {scenario("embed-live", false, t("Follow the newest defaults"))}
            </fieldset>
            <label>
                <input type="checkbox" id="embed-chrome" disabled=move || !framed() prop:checked=move || chrome.get() on:change=move |_| chrome.update(|on| *on = !*on) />
                <span>{t("Title and buttons above it")}</span>
            </label>
        </div>
        {copyable(t("Code"), CODE, code)}
    }
}

/// Takes a scenario from a file, chosen or dropped.
#[component]
fn Import(state: State) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let over = RwSignal::new(false);
    let field = NodeRef::<Input>::new();
    let take = move |files: Option<FileList>| {
        let Some(file) = files.and_then(|files| files.get(0)) else {
            return;
        };
        let name = link::short(&file.name());
        let refuse = move |name: &str, reason: &dyn core::fmt::Display| {
            said.set(say!(
                "“{name}” was not taken: {reason}. Nothing has changed.",
                name,
                reason
            ));
        };
        if file.size() > file::MOST_BYTES as f64 {
            refuse(&name, &file::Refusal::TooLarge);
            return;
        }
        spawn_local(async move {
            let Some(bytes) = handover::bytes(&file).await else {
                refuse(&name, &t("the browser could not read it"));
                return;
            };
            match file::read(&bytes) {
                Err(refusal) => refuse(&name, &refusal),
                Ok(read) => {
                    for notice in read.notices(&model::run_in(&read.scenario)) {
                        state.tell(notice.to_string());
                    }
                    state.replace(&read.scenario);
                    said.set(say!(
                        "The page now has the beliefs of “{name}”. Undo takes them back.",
                        name
                    ));
                }
            }
        });
    };
    let chosen = move |_| {
        if let Some(field) = field.get_untracked() {
            take(field.files());
            // The same file may be chosen again.
            field.set_value("");
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|data| data.files()));
    };
    view! {
        <div
            class="drop"
            class:over=move || over.get()
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <label for="import">{t("A scenario from a file: the JSON saved here, or any text with a link to this page. Choose one, or drop it here.")}</label>
            <input type="file" id="import" node_ref=field accept=".json,.txt,.csv,.svg,application/json,text/plain" on:change=chosen />
            <p role="status" class="said" id="import-said">{said}</p>
        </div>
    }
}

/// How the worlds spread what a chart shows: as on screen where it is, else drawn here.
fn odds_of(
    chart: Chart,
    view: View,
    scenario: &Scenario,
    state: State,
    desk: &mut Option<Desk>,
) -> Option<Arc<Answer>> {
    let odds = state.odds();
    let bands = if odds.on.get_untracked() {
        chart.bands()
    } else {
        &[]
    };
    let asked = chart.asked(view);
    if bands.is_empty() && asked.is_empty() {
        return None;
    }
    let now = odds.now.get_untracked();
    let told = asked
        .iter()
        .all(|one| now.figures.iter().any(|figure| figure.asked == *one));
    if told && bands.iter().all(|band| now.holds(band)) {
        return Some(now);
    }
    let desk = desk.get_or_insert_with(|| Desk::new(odds.seed, FIRST_DRAWS));
    Some(Arc::new(desk.answer(scenario, bands, &asked, None)))
}

/// What stands around a picture.
fn words_of(chart: Chart, picture: &Picture, scenario: &Scenario, state: State) -> Words {
    let mut note = String::new();
    if let Some(other) = state
        .other
        .get_untracked()
        .filter(|_| picture.shows_other())
    {
        note = say!("Thin: {scenario}.", scenario = other.name);
        note.push(' ');
    }
    if state.odds().on.get_untracked() && !chart.bands().is_empty() {
        note.push_str(t(SHADED));
    }
    let address = browser::address("");
    let visit = Visit {
        address: &address,
        date: &handover::day(),
    };
    export::words(picture, scenario, note, visit)
}

/// The scenario at the moment at which a reader takes something away.
struct Taken {
    state: State,
    scenario: Scenario,
    outcome: Arc<Outcome>,
    address: String,
    day: String,
    desk: Option<Desk>,
}

impl Taken {
    fn of(state: State) -> Self {
        Self {
            state,
            scenario: state.scenario.get_untracked(),
            outcome: state.outcome.get_untracked(),
            address: browser::address(""),
            day: handover::day(),
            desk: None,
        }
    }

    fn visit(&self) -> Visit<'_> {
        Visit {
            address: &self.address,
            date: &self.day,
        }
    }

    fn file(&self, chart: Chart, ending: &str, bytes: Vec<u8>) -> File {
        File {
            name: export::chart_name(chart, &self.scenario, &self.day, ending),
            bytes,
        }
    }

    /// A chart as the page shows it.
    fn picture(&mut self, chart: Chart) -> Picture {
        let (state, scenario) = (self.state, self.scenario);
        let view = if chart.has_view() {
            state.view.get_untracked()
        } else {
            View::default()
        };
        let odds = odds_of(chart, view, &scenario, state, &mut self.desk);
        let matters: Option<Sensitivity> = chart.has_figure().then(|| {
            sensitivity::of(
                &scenario,
                view.figure,
                state.odds().seed,
                sensitivity::FIRST,
            )
        });
        let case = Case {
            scenario: &scenario,
            outcome: &self.outcome,
            odds: odds.as_deref(),
            view,
            matters: matters.as_ref(),
        };
        let picture = chart.picture(case);
        if state.kinds.get_untracked() == Kinds::PublishedOnly {
            return picture.published_only();
        }
        match state.other.get_untracked() {
            Some(other) => {
                let case = Case {
                    scenario: &other.scenario,
                    outcome: &other.outcome,
                    odds: None,
                    ..case
                };
                picture.over(&chart.picture(case), &other.name)
            }
            None => picture,
        }
    }

    fn poster(&mut self, chart: Chart) -> (Picture, Poster) {
        let picture = self.picture(chart);
        let words = words_of(chart, &picture, &self.scenario, self.state);
        let poster = Poster::new(&picture, &words, self.state.theme.get_untracked());
        (picture, poster)
    }

    fn csv(mut self, chart: Chart) -> File {
        let picture = self.picture(chart);
        self.csv_of(chart, &picture)
    }

    fn csv_of(&self, chart: Chart, picture: &Picture) -> File {
        let visit = self.visit();
        let text = export::chart_csv(chart, picture, &self.scenario, &self.outcome, visit);
        self.file(chart, "csv", text.into_bytes())
    }

    fn svg(mut self, chart: Chart) -> File {
        let (picture, poster) = self.poster(chart);
        self.file(chart, "svg", poster.svg(&picture).into_bytes())
    }

    async fn png(mut self, chart: Chart) -> Option<File> {
        let (picture, poster) = self.poster(chart);
        let canvas = canvas::paint(&poster, &picture, RATIO)?;
        let bytes = handover::png(&canvas).await?;
        Some(self.file(chart, "png", bytes))
    }
}

/// Every chart as picture and table, every table, and the scenario, in one archive. A
/// picture that the browser does not make is left out: the same is there as SVG.
async fn everything(state: State) -> File {
    let mut taken = Taken::of(state);
    let mut files = export::tables(&taken.scenario, &taken.outcome, taken.visit());
    for &chart in Chart::ALL {
        let (picture, poster) = taken.poster(chart);
        files.push(taken.csv_of(chart, &picture));
        files.push(taken.file(chart, "svg", poster.svg(&picture).into_bytes()));
        if let Some(canvas) = canvas::paint(&poster, &picture, RATIO)
            && let Some(bytes) = handover::png(&canvas).await
        {
            files.push(taken.file(chart, "png", bytes));
        }
    }
    File {
        name: file::name("all", &taken.scenario, &taken.day, "zip"),
        bytes: export::zip(&files),
    }
}
