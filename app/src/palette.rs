//! Colours by what they stand for.
//!
//! A colour belongs to a thing and keeps its meaning everywhere. `public/style.css`
//! holds the same values as custom properties; a test compares the two.

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

    /// Red, green and blue in a theme.
    pub fn rgb(self, theme: Theme) -> [u8; 3] {
        let [light, dark] = match self {
            Self::Ink => [0x001f_1b16, 0x00ec_e7dd],
            Self::Muted => [0x0065_5d52, 0x00a9_a296],
            Self::Rule => [0x00d9_d1c3, 0x003a_3937],
            Self::Paper => [0x00fb_f8f2, 0x0017_1718],
            Self::Amazon => [0x00b0_5a00, 0x00f2_a34c],
            Self::Anthropic => [0x0075_3b8f, 0x00cb_a0e3],
            Self::Chips => [0x0000_7062, 0x0057_c7b4],
            Self::Power => [0x001c_5b9e, 0x007c_b4f2],
            Self::Gap => [0x00a6_143c, 0x00ff_8093],
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
