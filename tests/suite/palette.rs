//! The colours of the page: that they can be told apart, and that words in them can be read.

use ::palette::color_difference::{Ciede2000, Wcag21RelativeContrast};
use ::palette::{FromColor, Lab, LinSrgb, Srgb};
use compute_loop::palette::{Role, Theme};

/// What draws with colours of its own, and the greys that may stand beside it.
const DRAWN: [Role; 7] = [
    Role::Amazon,
    Role::Anthropic,
    Role::Chips,
    Role::Power,
    Role::Gap,
    Role::Muted,
    Role::Ink,
];

/// How far apart any two are at least (CIEDE2000), by any eye. A just noticeable difference is
/// about 2 for fields that touch; lines of two pixels want several times that.
const APART: f32 = 10.0;

/// What reaches whom, in linear light: Machado, Oliveira and Fernandes (2009), severity 1.
const EYES: [(&str, [[f32; 3]; 3]); 4] = [
    (
        "full colour vision",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

fn colour(role: Role, theme: Theme) -> Srgb<f32> {
    Srgb::from(role.rgb(theme)).into_format()
}

fn seen(role: Role, theme: Theme, eye: &[[f32; 3]; 3]) -> Lab {
    let light = colour(role, theme).into_linear();
    let light = [light.red, light.green, light.blue];
    let [red, green, blue] = eye.map(|row| {
        let sum: f32 = row
            .iter()
            .zip(light)
            .map(|(part, light)| part * light)
            .sum();
        sum.clamp(0.0, 1.0)
    });
    Lab::from_color(LinSrgb::new(red, green, blue))
}

#[test]
fn no_two_colours_look_alike_to_anyone() {
    for theme in [Theme::Light, Theme::Dark] {
        for (name, eye) in &EYES {
            for (i, one) in DRAWN.into_iter().enumerate() {
                for other in &DRAWN[i + 1..] {
                    let apart = seen(one, theme, eye).difference(seen(*other, theme, eye));
                    // The two greys differ in lightness alone, and never are two series.
                    let greys = one == Role::Muted && *other == Role::Ink;
                    assert!(
                        greys || apart >= APART,
                        "{theme:?}, {name}: {one:?} and {other:?} are {apart:.1} apart"
                    );
                }
            }
        }
    }
}

#[test]
fn words_in_every_colour_can_be_read() {
    for theme in [Theme::Light, Theme::Dark] {
        let paper = colour(Role::Paper, theme);
        for role in DRAWN {
            let contrast = colour(role, theme).relative_contrast(paper);
            // WCAG 2.2: 4.5 for text (AA), and 7 for that which is most of the page (AAA).
            let least = if role == Role::Ink { 7.0 } else { 4.5 };
            assert!(contrast >= least, "{theme:?} {role:?}: {contrast:.2}");
        }
    }
}
