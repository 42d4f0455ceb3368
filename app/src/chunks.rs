//! The parts of the page that are fetched when they are wanted.
//!
//! The build (`app/ship`) cuts the module at the functions marked here: what only they
//! need goes into files of their own, which share memory and state with the rest. A file
//! hands over functions; from then on its part of the page is called like any other.
//!
//! The first screen needs none of them. The chapters come once a reader moves, the cards
//! and the drawer when one is first opened. What cannot be fetched costs a notice, and is
//! tried again.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;

use compute_loop_core::json;
use compute_loop_core::levers::Lever;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::viewpoint::Viewpoint;
use compute_loop_core::words::{self, mark, t};
use gloo::timers::callback::Timeout;
use leptos::html::Section;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
#[cfg(not(feature = "bench"))]
use leptos::wasm_split::wasm_split;
use wasm_bindgen_futures::spawn_local;

use crate::belief::Typing;
use crate::charts::Chart;
use crate::compare::NamedScenario;
use crate::content::{self, HEADS, Language};
use crate::figure::Hand;
use crate::live::{Live, effect, live, memo};
use crate::odds::{self, Few};
use crate::opening::Handed;
use crate::readout::Reader;
use crate::state::State;
use crate::{belief, browser, cards, compare, figure, hold, page, prose, refine, share, start};

/// How long the browser gets between two chapters.
const BREATH_MS: u32 = 30;

/// How long it is waited before what failed is tried again, at first and at most.
const AGAIN_MS: [u32; 2] = [2_000, 60_000];

/// What the reader is told meanwhile.
const MISSING: &str =
    mark("A part of this page could not be fetched. It is tried again until it comes.");

/// Marks a function as the way into a file: what only it needs is put there. The
/// benchmarks' module is not cut.
macro_rules! part {
    ($name:ident in $file:ident: $part:ty = $value:expr;) => {
        #[cfg(not(feature = "bench"))]
        #[wasm_split($file, wasm_split_path = ::leptos::wasm_split, fallible)]
        pub(crate) fn $name() -> Result<$part, SplitLoaderError> {
            Ok($value)
        }

        #[cfg(feature = "bench")]
        #[allow(clippy::unused_async, reason = "it is where the module is cut")]
        pub(crate) async fn $name() -> Result<$part, SplitLoaderError> {
            Ok($value)
        }
    };
}

/// What the file of the whole page holds.
#[derive(Clone, Copy)]
pub(crate) struct Whole {
    /// Mounts it in the place of what was served, with what a reader has done there.
    pub(crate) mount: fn(Option<Handed>),
}

/// What the file of the view for other pages holds.
#[derive(Clone, Copy)]
pub(crate) struct View {
    /// Mounts it in the place of what was served.
    pub(crate) mount: fn(),
}

/// What the file of the chapters holds.
#[derive(Clone, Copy)]
pub(crate) struct Chapters {
    /// What stands under a chapter's title.
    pub(crate) body: fn(u32, NodeRef<Section>, State) -> AnyView,
    /// What stands under the first screen.
    pub(crate) standfirst: fn(State) -> AnyView,
    /// What a printed page says of itself.
    pub(crate) on_paper: fn(State) -> AnyView,
    /// The field in which a belief of a sentence is typed.
    pub(crate) field: fn(Typing, State) -> AnyView,
    /// A belief of a sentence that is one of a few options.
    pub(crate) choice: fn(Lever, State) -> AnyView,
    /// What is said of a scenario that a source or a date stands for.
    pub(crate) viewpoint: fn(&Scenario) -> Option<String>,
    /// Every scenario with a name.
    pub(crate) named: fn() -> Vec<NamedScenario>,
    /// What stands behind the chart of the first screen.
    pub(crate) behind: fn(Chart, Reader, RwSignal<bool>, State) -> AnyView,
    /// The slip that shows the values of the place pointed at there.
    pub(crate) readout: fn(Reader, State) -> AnyView,
    /// Keeps what is being read in its place while chapters come.
    pub(crate) hold: fn(),
    /// Brings it there at once, for whoever moves the page next.
    pub(crate) let_go: fn(),
    /// To be called when all have come.
    pub(crate) all_here: fn(),
}

/// What the file of all that lies over the page holds.
#[derive(Clone, Copy)]
pub(crate) struct Cards {
    /// The drawer and the cards.
    pub(crate) all: fn(State) -> AnyView,
    /// The list of what differs from another scenario.
    pub(crate) comparison: fn(State) -> AnyView,
}

/// What the file of the engine holds: the same for the page and for a worker.
#[derive(Clone, Copy)]
pub(crate) struct Engine {
    /// Draws few worlds of a seed.
    pub(crate) few: fn(u32) -> Few,
    /// Has more worlds drawn whenever the hand rests.
    pub(crate) follow: fn(State),
    /// Answers questions, in a worker.
    pub(crate) answer: fn(),
    /// The percentiles of a link, a seed and so many worlds.
    pub(crate) odds: fn(&str, u32, usize) -> String,
}

part! {
    fetch_page in page: Whole = Whole {
        mount: start::mount_whole,
    };
}

part! {
    fetch_engine in engine: Engine = Engine {
        few: odds::few,
        follow: refine::follow,
        answer: compute_loop_worker::answer,
        odds: json::odds_of_link,
    };
}

part! {
    fetch_chapters in chapters: Chapters = Chapters {
        body: prose::chapter_body,
        standfirst: page::standfirst,
        on_paper: page::on_paper,
        field: belief::field,
        choice: belief::choice,
        viewpoint: |scenario| {
            let found = Viewpoint::all().find(|viewpoint| viewpoint.scenario() == *scenario);
            found.map(Viewpoint::reason)
        },
        named: compare::named,
        behind: figure::behind,
        readout: figure::readout,
        hold: hold::hold,
        let_go: hold::let_go,
        all_here: hold::all_here,
    };
}

part! {
    fetch_embed in embed: View = View {
        mount: start::mount_embed,
    };
}

part! {
    fetch_charts in charts: Hand = figure::WHOLE;
}

part! {
    fetch_cards in cards: Cards = Cards {
        all: cards::all,
        comparison: cards::comparison,
    };
}

/// What the file for sharing holds.
#[derive(Clone, Copy)]
pub(crate) struct Sharing {
    /// The card of all that can be shared, taken away and brought back.
    pub(crate) card: fn(State) -> AnyView,
}

part! {
    fetch_share in share: Sharing = Sharing { card: share::card };
}

part! {
    fetch_zh_cn in zh_cn: &'static Language = &content::ZH_CN;
}

part! {
    fetch_zh_cn_evidence in zh_cn_evidence: &'static words::Table = &content::ZH_CN_EVIDENCE;
}

/// Has the evidence speak the language of the page, unless that is English; false where its
/// words do not come.
pub(crate) async fn evidence_is_said() -> bool {
    let words = match words::language().code {
        "zh-CN" => fetch_zh_cn_evidence().await,
        _ => return true,
    };
    if let Ok(words) = words {
        words::learn(words);
    }
    words.is_ok()
}

/// The page in a language, or none where it does not come.
pub(crate) async fn language(wanted: &words::Language) -> Option<&'static Language> {
    match wanted.code {
        "zh-CN" => fetch_zh_cn().await.ok(),
        _ => None,
    }
}

/// How far a file has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Unwanted,
    UnderWay,
    Here,
}

/// Handles to what has come. Copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Chunks {
    chapters: RwSignal<Option<Chapters>>,
    chapters_at: RwSignal<Stage>,
    /// How many chapters may be built: they come one after the other, so that a slider
    /// goes on moving.
    built: RwSignal<usize>,
    /// What is to be done once all of them are there.
    waiting: StoredValue<Vec<Box<dyn FnOnce()>>, LocalStorage>,
    cards: RwSignal<Option<Cards>>,
    cards_at: RwSignal<Stage>,
    /// What is to be done once the cards are there.
    waiting_for_cards: StoredValue<Vec<Box<dyn FnOnce()>>, LocalStorage>,
    engine: RwSignal<Option<Engine>>,
    engine_at: RwSignal<Stage>,
    share: RwSignal<Option<Sharing>>,
    share_at: RwSignal<Stage>,
    /// What lives as long as the page does. Whoever wants a file may be gone when it
    /// comes: an effect that runs again gives up all that was made in it.
    page: StoredValue<Option<Owner>>,
}

impl Chunks {
    /// Nothing has come. To be called where the page begins.
    pub(crate) fn new() -> Self {
        Self {
            page: StoredValue::new(Owner::current()),
            chapters: RwSignal::new(None),
            chapters_at: RwSignal::default(),
            built: RwSignal::new(0),
            waiting: StoredValue::new_local(vec![]),
            cards: RwSignal::new(None),
            cards_at: RwSignal::default(),
            waiting_for_cards: StoredValue::new_local(vec![]),
            engine: RwSignal::new(None),
            engine_at: RwSignal::default(),
            share: RwSignal::new(None),
            share_at: RwSignal::default(),
        }
    }

    /// The engine, once it has come.
    pub(crate) fn engine(self) -> Option<Engine> {
        self.engine.get()
    }
}

/// Fetches the chapters, unless that has been done.
pub(crate) fn want_chapters(state: State) {
    let chunks = state.chunks;
    if chunks.chapters_at.get_untracked() == Stage::Unwanted {
        chunks.chapters_at.set(Stage::UnderWay);
        fetch(state, move || async move {
            let chapters = fetch_chapters().await?;
            (chapters.hold)();
            chunks.chapters.set(Some(chapters));
            chunks.chapters_at.set(Stage::Here);
            build_on(chapters, state);
            complete(chunks);
            Ok(())
        });
    }
}

/// Fetches what lies over the page, unless that has been done.
pub(crate) fn want_cards(state: State) {
    let chunks = state.chunks;
    if chunks.cards_at.get_untracked() == Stage::Unwanted {
        chunks.cards_at.set(Stage::UnderWay);
        fetch(state, move || async move {
            let cards = fetch_cards().await?;
            chunks.cards.set(Some(cards));
            chunks.cards_at.set(Stage::Here);
            let waiting = chunks.waiting_for_cards.try_update_value(core::mem::take);
            // After they have been put into the page.
            let waiting = waiting.unwrap_or_default();
            Timeout::new(0, move || waiting.into_iter().for_each(|then| then())).forget();
            Ok(())
        });
    }
}

/// Fetches what shares, unless that has been done.
fn want_share(state: State) {
    let chunks = state.chunks;
    if chunks.share_at.get_untracked() == Stage::Unwanted {
        chunks.share_at.set(Stage::UnderWay);
        fetch(state, move || async move {
            let share = fetch_share().await?;
            chunks.share.set(Some(share));
            chunks.share_at.set(Stage::Here);
            Ok(())
        });
    }
}

/// Does something once there is what lies over the page: at once where it is there.
pub(crate) fn when_cards(state: State, then: impl FnOnce() + 'static) {
    want_cards(state);
    let chunks = state.chunks;
    if chunks.cards_at.get_untracked() == Stage::Here {
        then();
    } else {
        chunks
            .waiting_for_cards
            .update_value(|waiting| waiting.push(Box::new(then)));
    }
}

/// Fetches the engine, and has more worlds drawn from then on, beside the page.
pub(crate) fn want_engine(state: State) {
    let chunks = state.chunks;
    if chunks.engine_at.get_untracked() == Stage::Unwanted {
        chunks.engine_at.set(Stage::UnderWay);
        fetch(state, move || async move {
            let engine = fetch_engine().await?;
            chunks.engine.set(Some(engine));
            chunks.engine_at.set(Stage::Here);
            if let Some(page) = chunks.page.try_get_value().flatten() {
                page.with(|| (engine.follow)(state));
            }
            Ok(())
        });
    }
}

/// Does something once the whole page has been fetched.
pub(crate) fn when_whole(then: impl FnOnce(Whole) + 'static) {
    fetch_served(fetch_page, then);
}

/// Mounts the view for other pages once it has been fetched.
pub(crate) fn mount_embed() {
    fetch_served(fetch_embed, |view| (view.mount)());
}

/// Does something with what makes the chart of an embed: every chart but the first is with all
/// the others, and fetched before.
pub(crate) fn when_hand(chart: Chart, then: impl FnOnce(Hand) + 'static) {
    match Hand::first(chart) {
        Some(hand) => then(hand),
        None => fetch_served(fetch_charts, then),
    }
}

/// The module in a worker: it does nothing but answer. Where the part that does cannot be
/// fetched, the page hears nothing and gives workers up.
pub(crate) fn answer_as_worker() {
    spawn_local(async {
        if let Ok(engine) = fetch_engine().await {
            (engine.answer)();
        }
    });
}

/// How what is missing is told, or that nothing is.
type Tell = Rc<dyn Fn(Option<&str>)>;

/// A file on its way.
type Coming = Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;

/// Fetches until it succeeds.
fn fetch<F, R>(state: State, part: F)
where
    F: Fn() -> R + 'static,
    R: Future<Output = Result<(), SplitLoaderError>> + 'static,
{
    let tell = move |missing: Option<&str>| match missing {
        Some(words) => state.tell(words.to_owned()),
        None => state.take_back(t(MISSING)),
    };
    // Erased, so that the rest is compiled once for all files.
    fetch_in(
        Rc::new(tell),
        AGAIN_MS[0],
        Rc::new(move || Box::pin(part())),
    );
}

/// Fetches a file until it succeeds, while what was served is shown and says what is missing.
fn fetch_served<T: 'static, R>(part: fn() -> R, then: impl FnOnce(T) + 'static)
where
    R: Future<Output = Result<T, SplitLoaderError>> + 'static,
{
    let then = Rc::new(Cell::new(Some(then)));
    fetch_in(
        Rc::new(browser::show_missing),
        AGAIN_MS[0],
        Rc::new(move || {
            let then = then.clone();
            Box::pin(async move {
                let come = part().await?;
                if let Some(then) = then.take() {
                    then(come);
                }
                Ok(())
            })
        }),
    );
}

/// The same, told in one way or another.
fn fetch_in(tell: Tell, pause: u32, part: Rc<dyn Fn() -> Coming>) {
    spawn_local(async move {
        let come = part().await;
        tell(come.is_err().then(|| t(MISSING)));
        if come.is_err() {
            let longer = (2 * pause).min(AGAIN_MS[1]);
            Timeout::new(pause, move || fetch_in(tell, longer, part)).forget();
        }
    });
}

/// Builds the chapters one after the other, while nothing is being dragged.
fn build_on(chapters: Chapters, state: State) {
    let built = state.chunks.built;
    if built.get_untracked() < HEADS.len() {
        Timeout::new(BREATH_MS, move || {
            if state.before.with_untracked(Option::is_none) {
                (chapters.hold)();
                built.update(|built| *built += 1);
            }
            build_on(chapters, state);
        })
        .forget();
    } else {
        (chapters.all_here)();
        // Whoever reads on may open a card.
        want_cards(state);
    }
}

/// Does something once every chapter is there, and sees to it that they come: at once
/// where all are.
pub(crate) fn when_complete(state: State, then: impl FnOnce() + 'static) {
    want_chapters(state);
    want_engine(state);
    let chunks = state.chunks;
    if chunks.built.get_untracked() >= HEADS.len() {
        then();
        return;
    }
    chunks
        .waiting
        .update_value(|waiting| waiting.push(Box::new(then)));
    if chunks.chapters_at.get_untracked() == Stage::Here {
        complete(chunks);
    }
}

/// Builds all chapters at once, for those who wait for them.
fn complete(chunks: Chunks) {
    let waiting = chunks.waiting.try_update_value(core::mem::take);
    let waiting = waiting.unwrap_or_default();
    let chapters = chunks.chapters.get_untracked();
    if let Some(chapters) = chapters.filter(|_| !waiting.is_empty()) {
        (chapters.hold)();
        chunks.built.set(HEADS.len());
        // After they have been put into the page.
        let then = move || {
            (chapters.let_go)();
            for then in waiting {
                then();
            }
        };
        Timeout::new(0, then).forget();
    }
}

/// What stands under the title of a chapter, once it is there. `place` counts the chapters
/// of the page.
pub(crate) fn chapter(number: u32, place: NodeRef<Section>, state: State) -> Live<Option<AnyView>> {
    let chunks = state.chunks;
    let ready = memo(move || {
        chunks.chapters.with(Option::is_some) && chunks.built.get() >= number as usize
    });
    live(move || {
        let chapters = ready.get().then(|| chunks.chapters.get_untracked());
        chapters
            .flatten()
            .map(|chapters| (chapters.body)(number, place, state))
    })
}

/// Something of the first screen that comes with the chapters.
pub(crate) fn with_chapters(
    state: State,
    part: impl Fn(Chapters) -> AnyView + Send + 'static,
) -> Live<Option<AnyView>> {
    live(move || state.chunks.chapters.get().map(&part))
}

/// Whether the chapters are there.
pub(crate) fn have_chapters(state: State) -> bool {
    state.chunks.chapters.with(Option::is_some)
}

/// Every scenario with a name, once the chapters are there.
pub(crate) fn named(state: State) -> Option<Vec<NamedScenario>> {
    state
        .chunks
        .chapters
        .get()
        .map(|chapters| (chapters.named)())
}

/// What is said of a scenario that a source or a date stands for, once the chapters are
/// there.
pub(crate) fn viewpoint(state: State, scenario: &Scenario) -> Option<String> {
    (state.chunks.chapters.get()?.viewpoint)(scenario)
}

/// Whether a chapter is still missing.
pub(crate) fn is_missing(number: u32, state: State) -> Live<bool> {
    let chunks = state.chunks;
    live(move || chunks.chapters.with(Option::is_none) || chunks.built.get() < number as usize)
}

/// What lies over the page, once something of it is wanted.
pub(crate) fn over_the_page(state: State) -> Live<Option<AnyView>> {
    let any = memo(move || {
        state.drawer.get()
            || state.trace.with(|levels| !levels.is_empty())
            || state.fact.with(Option::is_some)
            || state.document.with(Option::is_some)
            || state.quote.with(Option::is_some)
    });
    effect(move || {
        if any.get() {
            want_cards(state);
        }
    });
    live(move || state.chunks.cards.get().map(|cards| (cards.all)(state)))
}

/// The card of what is shared, once it is wanted.
pub(crate) fn share_card(state: State) -> Live<Option<AnyView>> {
    effect(move || {
        if state.share.with(Option::is_some) {
            want_share(state);
        }
    });
    live(move || state.chunks.share.get().map(|share| (share.card)(state)))
}

/// The comparison, once there is one.
pub(crate) fn comparison(state: State) -> Live<Option<AnyView>> {
    let any = memo(move || state.other.with(Option::is_some));
    effect(move || {
        if any.get() {
            want_cards(state);
        }
    });
    live(move || {
        let cards = state.chunks.cards.get().filter(|_| any.get());
        cards.map(|cards| (cards.comparison)(state))
    })
}
