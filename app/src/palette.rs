//! Colours by what they stand for.
//!
//! A colour belongs to a thing and keeps its meaning everywhere. `public/style.css`
//! holds the same values as custom properties; a test compares the two.

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Text.
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
            Self::Ink => [0x1f_1b_16, 0xec_e7_dd],
            Self::Muted => [0x65_5d_52, 0xa9_a2_96],
            Self::Rule => [0xd9_d1_c3, 0x3a_39_37],
            Self::Paper => [0xfb_f8_f2, 0x17_17_18],
            Self::Amazon => [0xb0_5a_00, 0xf2_a3_4c],
            Self::Anthropic => [0x75_3b_8f, 0xcb_a0_e3],
            Self::Chips => [0x00_70_62, 0x57_c7_b4],
            Self::Power => [0x1c_5b_9e, 0x7c_b4_f2],
            Self::Gap => [0xa6_14_3c, 0xff_80_93],
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
