//! A chart on the page: its finding, its canvas, its summary.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use compute_loop_core::circle::Lens;
use compute_loop_core::fact::Fact;
use compute_loop_core::kind::Mark;
use compute_loop_core::odds::Asked;
use compute_loop_core::odds::sensitivity::Sensitivity;
use compute_loop_core::say;
use compute_loop_core::words::t;
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use leptos::attr::custom::custom_attribute;
use leptos::html::{Canvas, Div};
use leptos::prelude::*;

use crate::browser;
use crate::canvas::Easel;
use crate::charts::{Case, Chart, Look, Picture, View};
use crate::chunks;
use crate::hear;
use crate::kinds::Kinds;
use crate::live::{effect, live};
use crate::matters::{self, FigureChoice};
use crate::odds::{Stand, Want};
use crate::palette::Theme;
use crate::phrase::phrase;
use crate::query::Part;
use crate::question::{Grip, MapControls};
use crate::readout::{DataTable, Reader, Readout};
use crate::room::{MEDIAN, SHADED};
use crate::sight;
use crate::source::fact_link;
use crate::state::State;
use crate::trace;

/// How long the hand rests before charts out of sight follow.
const REST_MS: u32 = 200;

/// How wide charts are on paper, in CSS pixels: `.canvas` of the print style.
const PAPER_WIDTH: f64 = 640.0;

/// How many dots paper takes for a CSS pixel, at least.
const PAPER_RATIO: f64 = 2.0;

/// What is made of a chart where it stands. The chart of the first screen does without what
/// only others have, and has the rest once the chapters come.
#[derive(Clone, Copy)]
pub(crate) struct Hand {
    /// How deep its title stands among the headings of the page.
    level: &'static str,
    picture: fn(Chart, Case<'_>) -> Picture,
    asked: fn(Chart, View) -> Vec<Asked>,
    choices: fn(Chart, Choosing, State) -> AnyView,
    readout: fn(Reader, State) -> AnyView,
    behind: fn(Chart, Reader, RwSignal<bool>, State) -> AnyView,
}

impl Hand {
    /// The same with its title elsewhere among the headings.
    pub(crate) const fn at_level(self, level: &'static str) -> Self {
        Self { level, ..self }
    }

    /// The hand for a chart without which there is no other: none where that is to be
    /// fetched.
    pub(crate) fn first(chart: Chart) -> Option<Self> {
        (chart == Chart::Gap).then_some(FIRST)
    }

    /// What a chart shows.
    pub(crate) fn picture(self, chart: Chart, case: Case<'_>) -> Picture {
        (self.picture)(chart, case)
    }
}

/// What the choices above a chart read and write.
#[derive(Clone, Copy)]
struct Choosing {
    near: RwSignal<bool>,
    matters: RwSignal<Option<Arc<Sensitivity>>>,
    picture: RwSignal<Picture>,
    width: RwSignal<f64>,
}

/// Any chart, in a chapter.
pub(crate) const WHOLE: Hand = Hand {
    level: "3",
    picture: Chart::picture,
    asked: Chart::asked,
    choices,
    readout,
    behind,
};

/// The chart of the first screen.
pub(crate) const FIRST: Hand = Hand {
    level: "2",
    picture: |_, case| Chart::first(case),
    asked: |_, _| vec![],
    choices: |_, _, _| ().into_any(),
    readout: |reader, state| {
        chunks::with_chapters(state, move |chapters| (chapters.readout)(reader, state)).into_any()
    },
    behind: |chart, reader, open, state| {
        // An embed may have shown no other sign of a reader.
        effect(move || {
            if open.get() {
                chunks::want_chapters(state);
            }
        });
        chunks::with_chapters(state, move |chapters| {
            (chapters.behind)(chart, reader, open, state)
        })
        .into_any()
    },
};

/// What a reader chooses above a chart.
fn choices(chart: Chart, choosing: Choosing, state: State) -> AnyView {
    let Choosing {
        near,
        matters,
        picture,
        width,
    } = choosing;
    if chart.has_figure() {
        matters::follow(state, near, matters);
    }
    view! {
        {chart.has_year().then(|| view! { <YearControls state /> })}
        {chart.has_figure().then(|| view! { <FigureChoice state matters /> })}
        {(chart == Chart::Map).then(|| view! { <MapControls state /> })}
        {(chart == Chart::Map).then(|| view! { <Grip picture width state /> })}
    }
    .into_any()
}

/// The slip that shows the values of the place pointed at.
pub(crate) fn readout(reader: Reader, state: State) -> AnyView {
    view! { <Readout reader state /> }.into_any()
}

/// What stands behind a chart, and everything that can be read from it as a table.
pub(crate) fn behind(chart: Chart, reader: Reader, open: RwSignal<bool>, state: State) -> AnyView {
    let picture = reader.picture;
    view! {
        {published(picture.with_untracked(|picture| picture.facts), state)}
        {computed(chart, state)}
        {browser::query().embed.is_none().then(|| take_away(chart, state))}
        {hear::buttons(picture, reader, state)}
        <DataTable picture open />
    }
    .into_any()
}

/// The way to the card in which a chart is saved. An embed has none: the page that it
/// leads to has.
fn take_away(chart: Chart, state: State) -> impl IntoView {
    let download = view! {
        <button type="button" class="more" aria-haspopup="dialog" on:click=move |_| state.share.set(Some(Part::Chart(chart)))>
            {t("Download this chart")}
        </button>
    };
    let said = phrase(
        t("{download} as PNG, SVG or CSV, or put it into another page."),
        vec![("download", download.into_any())],
    );
    view! { <p class="take-away">{said}</p> }
}

/// The chart with its title above and its summary below. It is computed and drawn only
/// while it is on screen or near it, once a frame at most.
#[component]
pub(crate) fn Figure(chart: Chart, hand: Hand, state: State) -> impl IntoView {
    let frame = NodeRef::<Div>::new();
    let surface = NodeRef::<Canvas>::new();
    let near = sight::within(frame, sight::NEAR);
    let width = RwSignal::new(0.0_f64);
    let matters = RwSignal::new(None::<Arc<Sensitivity>>);
    let draw = move |case: Case<'_>| (hand.picture)(chart, case);
    let open = RwSignal::new(false);
    let toggled = move |event: web_sys::Event| {
        open.set(event_target::<web_sys::HtmlDetailsElement>(&event).open());
    };
    // Where only what is published is shown, the model's shapes go.
    let only = move || state.kinds.get() == Kinds::PublishedOnly;
    let now = move || {
        let (scenario, outcome) = (state.scenario.get(), state.outcome.get());
        let odds = has_odds(chart, hand, state).then(|| state.odds().now.get());
        let matters = matters.get();
        let case = Case {
            scenario: &scenario,
            outcome: &outcome,
            odds: odds.as_deref(),
            view: if chart.has_view() {
                state.view.get()
            } else {
                View::default()
            },
            matters: matters.as_deref(),
        };
        let picture = draw(case);
        if only() {
            return picture.published_only();
        }
        // While a lever is dragged, lines over time show from where: their axis may move.
        let before = || picture.is_over_time().then(|| state.before.get()).flatten();
        match state.other.get().or_else(before) {
            Some(other) => {
                let case = Case {
                    scenario: &other.scenario,
                    outcome: &other.outcome,
                    // One scenario's worlds are enough to look at.
                    odds: None,
                    ..case
                };
                picture.over(&draw(case), &other.name)
            }
            None => picture,
        }
    };
    let picture = RwSignal::new(untrack(now));
    let take = move || {
        let next = now();
        if picture.with_untracked(|picture| *picture != next) {
            picture.set(next);
        }
    };
    // Off screen, the words follow once the hand rests: some charts try many scenarios.
    let resting = StoredValue::new_local(None::<Timeout>);
    effect(move || {
        if near.get() || state.printing.get() {
            take();
        } else {
            state.outcome.track();
            state.other.track();
            state.kinds.track();
            resting.set_value(Some(Timeout::new(REST_MS, move || untrack(take))));
        }
    });
    want_odds(chart, hand, state, frame);
    watch_size(frame, width);

    // Whoever does not see the chart is told, too, what it comes to show.
    Effect::new(move |before: Option<String>| {
        let summary = picture.with(|picture| picture.summary.clone());
        if before.is_some_and(|before| before != summary) && near.get_untracked() {
            state.announcer.offer(chart, frame, summary.clone());
        }
        summary
    });

    let reader = Reader::new(picture, width);
    let easel: Rc<RefCell<Easel>> = Rc::default();
    let pending: Rc<RefCell<Option<AnimationFrame>>> = Rc::default();
    // A browser short of memory may take a canvas away and give it back empty.
    let restored = RwSignal::new(());
    let emptied = {
        let easel = StoredValue::new_local(easel.clone());
        move |_: web_sys::Event| {
            easel.with_value(|easel| easel.borrow_mut().forget());
            restored.notify();
        }
    };
    effect(move || {
        restored.track();
        let (mut width, mut theme, mut ratio) = (width.get(), state.theme.get(), state.ratio.get());
        let shown = picture.get();
        let printing = state.printing.get();
        let read = reader.place.get().filter(|_| !printing);
        if printing {
            (width, theme, ratio) = (PAPER_WIDTH, Theme::Light, ratio.max(PAPER_RATIO));
        }
        if width < 1.0 || !(near.get() || printing) {
            return;
        }
        let easel = easel.clone();
        let draw = move || {
            if let Some(canvas) = surface.get_untracked() {
                let look = Look {
                    width,
                    height: shown.height(width),
                    theme,
                    contrast: !printing && browser::wants_contrast(),
                };
                let mut easel = easel.borrow_mut();
                if !easel.draw(&canvas, &shown, look, ratio, read) {
                    state.tell(t("This browser refuses to draw charts. The sentence below each and the table behind it hold the same numbers.").to_owned());
                }
            }
        };
        if printing {
            // The printer does not wait for a frame.
            draw();
            return;
        }
        // Several signals may move at once: the frame draws what holds by then.
        let handle = request_animation_frame(move |_| draw());
        *pending.borrow_mut() = Some(handle);
    });

    // Both tell what the model makes of it.
    let mark = Mark::COMPUTED.letter;
    let blank = move || only() && !picture.with(Picture::has_points);
    let text = move |part: fn(&Picture) -> &str| {
        live(move || picture.with(|picture| part(picture).to_owned()))
    };
    let height = move || {
        let width = if state.printing.get() {
            PAPER_WIDTH
        } else {
            width.get()
        };
        // Before it is measured the figure stands as tall as on a desktop.
        picture.with(|picture| {
            format!(
                "height:{}px",
                picture.height(if width < 1.0 { 680.0 } else { width })
            )
        })
    };
    let level = custom_attribute("aria-level", hand.level);
    view! {
        <figure class="chart" id=format!("chart-{}", chart.id()) data-blank=live(move || blank().then_some(""))>
            <h3 class="finding" {..level}>
                <span data-mark=mark data-kind=t(Mark::COMPUTED.name)>{text(|picture| &picture.title)}</span>
            </h3>
            <p class="subtitle">
                {text(|picture| &picture.subtitle)}
                {move || {
                    let other = state.other.get().filter(|_| picture.with(Picture::shows_other))?;
                    Some(view! { <span class="against">" " {say!("Thin: {scenario}.", scenario = other.name)}</span> })
                }}
            </p>
            {(hand.choices)(chart, Choosing { near, matters, picture, width }, state)}
            <div
                class="canvas"
                node_ref=frame
                style=live(height)
                tabindex="0"
                role="slider"
                aria-label=live(move || picture.with(|picture| say!("Values in the chart: {title}", title = picture.title)))
                aria-valuemin="0"
                aria-valuemax=live(move || reader.most())
                aria-valuenow=live(move || reader.place.get().unwrap_or_default())
                aria-valuetext=live(move || reader.sentence().unwrap_or_else(|| t("Arrow keys read the values, Enter follows one series").into()))
                on:pointermove=move |event| reader.pointed(&event, state)
                on:pointerdown=move |event| reader.pointed(&event, state)
                on:pointerleave=move |event| reader.left(&event)
                on:blur=move |_| reader.blurred()
                on:keydown=move |event| {
                    if reader.pressed(&event) {
                        event.prevent_default();
                    }
                }
            >
                <canvas node_ref=surface aria-hidden="true" on:contextrestored=emptied></canvas>
                {(hand.readout)(reader, state)}
            </div>
            <figcaption data-mark=mark data-kind=t(Mark::COMPUTED.name)>{text(|picture| &picture.summary)}</figcaption>
            {(!chart.bands().is_empty()).then(|| view! { <Stand state before=SHADED after=MEDIAN /> })}
            <details class="data" on:toggle=toggled>
                <summary>{t("Data and sources")}</summary>
                {(hand.behind)(chart, reader, open, state)}
            </details>
        </figure>
    }
}

/// Whether worlds have something to say in a chart now.
fn has_odds(chart: Chart, hand: Hand, state: State) -> bool {
    let bands = !chart.bands().is_empty() && state.odds().on.get();
    bands || !(hand.asked)(chart, View::default()).is_empty()
}

/// Wants what a chart shows of the worlds while it is on screen, or on paper.
fn want_odds(chart: Chart, hand: Hand, state: State, frame: NodeRef<Div>) {
    let (bands, asks) = (
        chart.bands(),
        !(hand.asked)(chart, View::default()).is_empty(),
    );
    if bands.is_empty() && !asks {
        return;
    }
    let seen = sight::within(frame, sight::AROUND);
    state.odds().want_while(
        move || seen.get() || state.printing.get(),
        move || Want {
            series: bands.to_vec(),
            asked: if asks {
                (hand.asked)(chart, state.view.get())
            } else {
                vec![]
            },
            always: asks,
            ..Want::default()
        },
    );
}

/// The published figures behind the chart, each leading to its source.
fn published(facts: &'static [(&'static str, Fact)], state: State) -> impl IntoView {
    let marks = facts.iter().map(|&(name, fact)| {
        view! {
            <li>
                {fact_link(&fact, t(name), state)}
            </li>
        }
    });
    (!facts.is_empty())
        .then(|| view! { <ul class="ticks" aria-label=t("Published figures in this chart")><li>{t("Published:")}</li> {marks.collect_view()}</ul> })
}

/// The figures of the model behind the chart, each leading to how it comes about.
fn computed(chart: Chart, state: State) -> impl IntoView {
    let ways = chart.computed().iter().map(|&quantity| {
        view! {
            <li>
                <button type="button" class="down" data-quantity=quantity.id() on:click=move |_| trace::open_quantity(state, quantity)>
                    {t(quantity.label())}
                </button>
            </li>
        }
    });
    (!chart.computed().is_empty())
        .then(|| view! { <ul class="ticks" aria-label=t("Computed figures in this chart")><li>{t("Computed:")}</li> {ways.collect_view()}</ul> })
}

/// What to look at in a chart of one year: the year, the lens, and whether money that
/// may be Amazon's own counts.
#[component]
fn YearControls(state: State) -> impl IntoView {
    let view = state.view;
    let cash = move || view.get().lens == Lens::Cash;
    let lenses = Lens::ALL.map(|lens| {
        view! {
            <label class="lens">
                <input
                    type="radio"
                    name="lens"
                    data-lens=lens.id()
                    prop:checked=live(move || view.get().lens == lens)
                    on:change=move |_| view.update(|view| view.lens = lens)
                />
                <span>{t(lens.name())}</span>
            </label>
        }
    });
    view! {
        <div class="view">
            <label class="year">
                <span>{t("Year")}</span>
                <input
                    type="range"
                    data-year=""
                    min=*Chart::YEARS.start()
                    max=*Chart::YEARS.end()
                    step="1"
                    prop:value=live(move || view.get().year.to_string())
                    on:input=move |event| {
                        if let Some(year) = event_target_value(&event).parse().ok().filter(|year| Chart::YEARS.contains(year)) {
                            view.update(|view| view.year = year);
                        }
                    }
                />
                <output>{live(move || view.get().year)}</output>
            </label>
            <fieldset class="lenses" aria-label=t("View")>
                {lenses}
            </fieldset>
            // Only cash can go round; elsewhere its room stays empty, so that nothing moves.
            <label class="own-money" style:visibility=move || if cash() { "visible" } else { "hidden" }>
                <input
                    type="checkbox"
                    data-own-money=""
                    prop:checked=live(move || view.get().own_money)
                    prop:disabled=live(move || !cash())
                    on:change=move |event| view.update(|view| view.own_money = event_target_checked(&event))
                />
                <span>{t("Count Amazon’s own money as AWS revenue")}</span>
            </label>
        </div>
    }
}

/// Follows the width of an element. Nothing is drawn into what has no width.
fn watch_size(element: NodeRef<Div>, width: RwSignal<f64>) {
    effect(move || {
        let Some(element) = element.get() else { return };
        let measured = element.clone();
        let measure = move || {
            // `client_width` is rounded: the canvas would get a pixel or two too many or
            // too few on a dense screen, and be blurred.
            let now = measured.get_bounding_client_rect().width();
            if (width.get_untracked() - now).abs() > 0.01 {
                width.set(now);
            }
        };
        // What takes the place of a served one stands as tall as it will at once. Browsers
        // observe nothing in frames out of sight either, and the page around an embed is to
        // know the right height before a reader comes there.
        measure();
        browser::on_size(&element, measure);
    });
}
