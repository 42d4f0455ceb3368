//! What a writer puts into another page to show a view of this one: a frame with its
//! script, the element that the script defines, or a picture where no scripts run.
//! `public/embed.md` says what the addresses mean.

use std::fmt::Write as _;

use compute_loop_core::link;
use compute_loop_core::say;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::words::{ENGLISH, language, t};

use crate::palette::Theme;
use crate::poster;
use crate::query::Part;
use crate::svg::escape;

/// In which form a view is put into a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A frame; a script gives it its height.
    #[default]
    Frame,
    /// The element that the script defines.
    Element,
    /// A picture that the writer puts up.
    Picture,
    /// The same for readers without scripts alone, to stand beside one of the first two.
    NoScript,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Frame, Self::Element, Self::Picture, Self::NoScript];

    /// Its key in the card.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Frame => "frame",
            Self::Element => "element",
            Self::Picture => "picture",
            Self::NoScript => "noscript",
        }
    }

    /// What it is called.
    pub fn called(self) -> &'static str {
        match self {
            Self::Frame => t("Frame that fits its content"),
            Self::Element => t("Element <compute-loop>"),
            Self::Picture => t("Picture, for pages without scripts"),
            Self::NoScript => t("Picture for readers without scripts"),
        }
    }

    /// The form with a key, or none.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.id() == id)
    }

    /// Whether it is a picture that the writer has to put up.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Picture | Self::NoScript)
    }
}

/// A view for another page.
#[derive(Clone, Copy, Debug)]
pub struct Snippet<'a> {
    /// The address of this page, without query and fragment.
    pub page: &'a str,
    /// The view.
    pub part: Part,
    /// What it is called, for readers who hear it.
    pub title: &'a str,
    /// The scenario that it keeps; none where it follows the newest defaults.
    pub pinned: Option<&'a Scenario>,
    /// The theme, where it is not each reader's own.
    pub theme: Option<Theme>,
    /// Whether a title and commands stand above it.
    pub chrome: bool,
    /// The name of the picture's file and its height, for the forms that show one.
    pub picture: (&'a str, f64),
}

impl Snippet<'_> {
    /// The code.
    pub fn code(&self, form: Form) -> String {
        match form {
            Form::Frame => format!("{}\n{}", self.script(), self.frame()),
            Form::Element => format!("{}\n{}", self.script(), self.element()),
            Form::Picture => format!("{}\n{}", self.told(), self.image()),
            Form::NoScript => format!("<noscript>{}\n{}</noscript>", self.told(), self.image()),
        }
    }

    /// The folder that the page lies in.
    fn home(&self) -> &str {
        let end = self.page.rfind('/').map_or(0, |slash| slash + 1);
        &self.page[..end]
    }

    fn script(&self) -> String {
        format!(
            "<script src=\"{}embed.js\" defer></script>",
            escape(self.home())
        )
    }

    /// The scenario's link, empty where none is kept.
    fn fragment(&self) -> String {
        self.pinned.map(link::encode).unwrap_or_default()
    }

    /// What the query says beside `embed` and `view`.
    fn looks(&self) -> Vec<(&'static str, &'static str)> {
        // What is shown is what was looked at, its language too.
        let spoken = Some(("lang", language().code)).filter(|_| *language() != ENGLISH);
        let theme = self.theme.map(|theme| ("theme", theme.id()));
        let chrome = (!self.chrome).then_some(("chrome", "none"));
        spoken.into_iter().chain(theme).chain(chrome).collect()
    }

    /// The address that the frame shows.
    pub fn address(&self) -> String {
        let mut address = format!("{}?embed=1&view={}", self.page, self.part.id());
        for (name, value) in self.looks() {
            let _ = write!(address, "&{name}={value}");
        }
        address + &self.fragment()
    }

    fn frame(&self) -> String {
        format!(
            "<iframe src=\"{}\" title=\"{}\" loading=\"lazy\" style=\"width:100%;border:0\" height=\"520\"></iframe>",
            escape(&self.address()),
            escape(self.title)
        )
    }

    fn element(&self) -> String {
        let mut attributes = format!(" view=\"{}\"", self.part.id());
        for (name, value) in self.looks() {
            let _ = write!(attributes, " {name}=\"{value}\"");
        }
        let fragment = self.fragment();
        if !fragment.is_empty() {
            let scenario = escape(fragment.trim_start_matches('#'));
            let _ = write!(attributes, " scenario=\"{scenario}\"");
        }
        format!(
            "<compute-loop{attributes} title=\"{}\"></compute-loop>",
            escape(self.title)
        )
    }

    /// What the writer has to do for a picture.
    fn told(&self) -> String {
        let told = say!(
            "Download {file} and put it beside your page. It shows the scenario of its day and does not move.",
            file = escape(self.picture.0)
        );
        format!("<!-- {told} -->")
    }

    fn image(&self) -> String {
        let (name, height) = self.picture;
        format!(
            "<a href=\"{}{}{}\"><img src=\"{}\" alt=\"{}\" width=\"{}\" height=\"{height}\" style=\"max-width:100%;height:auto\" loading=\"lazy\"></a>",
            escape(self.page),
            // The page it leads to, in the language of the picture.
            if *language() == ENGLISH {
                String::new()
            } else {
                format!("?lang={}", language().code)
            },
            escape(&self.fragment()),
            escape(name),
            escape(self.title),
            poster::WIDTH
        )
    }
}
