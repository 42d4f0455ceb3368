//! Colours by what they stand for.
//!
//! A colour belongs to a thing and keeps its meaning everywhere. `public/style.css`
//! holds the same values as custom properties; a test compares the two. They differ in
//! lightness as much as in hue, so that readers with any of the three common deficiencies of
//! colour vision tell them apart; `tests/suite/palette.rs` holds them to that.

/// What a mark stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Text.
    #[default]
    Ink,
    /// Text of lesser weight.
    Muted,
    /// Hairlines.
    Rule,
    /// The page.
    Paper,
    /// Amazon and AWS.
    Amazon,
    /// Anthropic.
    Anthropic,
    /// Chips.
    Chips,
    /// Power.
    Power,
    /// The gap, and what fails.
    Gap,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 9] = [
        Self::Ink,
        Self::Muted,
        Self::Rule,
        Self::Paper,
        Self::Amazon,
        Self::Anthropic,
        Self::Chips,
        Self::Power,
        Self::Gap,
    ];

    /// The name of its custom property, without the dashes before it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ink => "ink",
            Self::Muted => "muted",
            Self::Rule => "rule",
            Self::Paper => "paper",
            Self::Amazon => "amazon",
            Self::Anthropic => "anthropic",
            Self::Chips => "chips",
            Self::Power => "power",
            Self::Gap => "gap",
        }
    }

    /// What it is drawn as where more contrast is asked for.
    #[must_use]
    pub fn stronger(self) -> Self {
        match self {
            Self::Muted => Self::Ink,
            // Hairlines still stand behind what is drawn over them.
            Self::Rule => Self::Muted,
            role => role,
        }
    }

    /// Red, green and blue in a theme.
    pub fn rgb(self, theme: Theme) -> [u8; 3] {
        let [light, dark] = match self {
            Self::Ink => [0x001f_1b16, 0x00ec_e7dd],
            Self::Muted => [0x0065_5d52, 0x00a9_a296],
            Self::Rule => [0x00d9_d1c3, 0x003a_3937],
            Self::Paper => [0x00fb_f8f2, 0x0017_1718],
            Self::Amazon => [0x00b4_5700, 0x00fe_be41],
            Self::Anthropic => [0x0070_1258, 0x00c3_93b9],
            Self::Chips => [0x001d_7d79, 0x009b_eaef],
            Self::Power => [0x0024_548d, 0x004d_abfc],
            Self::Gap => [0x00a3_0022, 0x00f3_5759],
        };
        let [_, r, g, b] = u32::to_be_bytes(if theme == Theme::Dark { dark } else { light });
        [r, g, b]
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Ink on warm paper.
    #[default]
    Light,
    /// Light text on a deep neutral.
    Dark,
}

impl Theme {
    /// The word for it in the document, the address and storage.
    pub fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The one with an id.
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| theme.id() == id)
    }
}
