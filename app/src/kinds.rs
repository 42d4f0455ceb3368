//! What kind of number each number is: the switch that marks or blanks what is not
//! published, and the key to its letters. The style sheet does the marking: a number
//! carries its mark in `data-mark`, and `data-unpublished` where it stands in no source.

use compute_loop_core::kind::Mark;
use compute_loop_core::words::t;
use leptos::prelude::*;

use crate::browser;
use crate::state::State;

/// What the page shows of the kinds of its numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kinds {
    /// Numbers alone.
    #[default]
    AsIs,
    /// Each with the letter of its kind.
    Marked,
    /// What is not published is blanked out.
    PublishedOnly,
}

impl Kinds {
    const ALL: [Self; 3] = [Self::AsIs, Self::Marked, Self::PublishedOnly];

    /// The word for it in the document and in storage.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::AsIs => "as-is",
            Self::Marked => "mark",
            Self::PublishedOnly => "only",
        }
    }

    /// The one with an id.
    pub(crate) fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kinds| kinds.id() == id)
    }

    fn name(self) -> &'static str {
        match self {
            Self::AsIs => t("as is"),
            Self::Marked => t("each with its kind"),
            Self::PublishedOnly => t("only what is published"),
        }
    }
}

/// Chooses what is shown. `place` tells the switches of different places apart.
#[component]
pub(crate) fn KindsSwitch(state: State, place: &'static str) -> impl IntoView {
    let choices = Kinds::ALL.map(|kinds| {
        view! {
            <label class="lens">
                <input
                    type="radio"
                    name=format!("kinds-{place}")
                    data-show-kinds=kinds.id()
                    prop:checked=move || state.kinds.get() == kinds
                    on:change=move |_| {
                        state.tell_if_lost(browser::keep_kinds(kinds));
                        state.kinds.set(kinds);
                    }
                />
                <span>{kinds.name()}</span>
            </label>
        }
    });
    view! {
        <fieldset class="kinds">
            <legend>{t("Numbers:")}</legend>
            {choices}
        </fieldset>
        {move || (state.kinds.get() == Kinds::Marked).then(key)}
        {move || {
            (state.kinds.get() == Kinds::PublishedOnly)
                .then(|| view! { <p class="key">{t("A grey bar stands for what this page computes or assumes, even where a source publishes the same figure elsewhere. Sliders keep their values; charts keep their published points alone.")}</p> })
        }}
    }
}

/// The letters in one line, those of what is not published first.
fn key() -> impl IntoView {
    let marks = |published: bool| {
        Mark::all()
            .filter(move |mark| mark.published == published)
            .map(|mark| view! { <span><b>{mark.letter}</b> " " {t(mark.name)}</span> " " })
            .collect_view()
    };
    view! { <p class="key">{t("Not published:")} " " {marks(false)} <br /> {t("Published:")} " " {marks(true)}</p> }
}

/// Every mark with what it means.
pub(crate) fn legend(state: State) -> impl IntoView {
    let rows = Mark::all().map(|mark| {
        view! {
            <tr data-kind-row=mark.name>
                <th scope="row">{t(mark.name)}</th>
                <td>{mark.letter}</td>
                <td>{t(mark.meaning)}</td>
            </tr>
        }
    });
    view! {
        <KindsSwitch state place="about" />
        <table class="marks-key">
            <thead>
                <tr>
                    <th scope="col">{t("Kind")}</th>
                    <th scope="col">{t("Mark")}</th>
                    <th scope="col">{t("What it means")}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}
