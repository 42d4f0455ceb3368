//! The query of the address: what is shown of the scenario, and how. The scenario itself
//! stands in the fragment: see [`compute_loop_core::link`].
//!
//! Reading never fails: what cannot be used becomes a notice, and the rest holds. Keys of
//! others, such as those that hosts and newsletters add, are left alone.

use compute_loop_core::levers::Lever;
use compute_loop_core::link::{MAX_LENGTH, short, unescape};
use compute_loop_core::say;
use compute_loop_core::words::{ENGLISH, Language, t};

use crate::charts::Chart;
use crate::palette::Theme;

/// How many sliders an embed has room for.
pub const MOST_SLIDERS: usize = 3;

/// Under what a browser keeps whether ranges are shown: `off`, or anything else.
pub const RANGES_KEY: &str = "compute-loop:ranges";

/// How many notices a query can lead to: beyond, they would push the view away.
const MOST_NOTICES: usize = 4;

/// What the query asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The language, where it is not English.
    pub language: Option<&'static Language>,
    /// The theme, where it is not the reader's or the system's.
    pub theme: Option<Theme>,
    /// The seed of the worlds, where it is not the usual one.
    pub seed: Option<u32>,
    /// What is shown inside another page; none where the whole page is.
    pub embed: Option<Embed>,
    /// What could not be used, for the reader.
    pub notices: Vec<String>,
}

/// The keys by which the page is another than the one that is served; all others say
/// something of an embed.
const KEYS: [&str; 4] = ["lang", "theme", "seed", "embed"];

/// Whether a query asks for anything of this page.
pub fn asks(query: &str) -> bool {
    let mut pairs = query.trim_start_matches('?').split('&');
    pairs.any(|pair| KEYS.contains(&&*unescape(pair.split('=').next().unwrap_or_default())))
}

/// One view, shown inside another page.
#[derive(Clone, Debug, PartialEq)]
pub struct Embed {
    /// What is shown.
    pub part: Part,
    /// Its sliders, three at most.
    pub levers: Vec<Lever>,
    /// Whether a title and commands stand above it.
    pub chrome: bool,
    /// What pym.js calls the frame.
    pub child: Option<String>,
    /// The pair that names the view, as it stands in the address.
    pub pair: String,
}

/// A part of the page that can be shown alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// The sentence, the first chart and the first figures.
    #[default]
    Opening,
    /// A chart.
    Chart(Chart),
}

impl Part {
    /// Other keys that parts go by. Permanent.
    const ALSO: [(&str, Self); 1] = [("gigawatts", Self::Chart(Chart::Gap))];

    /// Every part, the opening first, then the charts in the order of the page.
    pub fn all() -> impl Iterator<Item = Self> {
        let charts = Chart::ALL.iter().copied().map(Self::Chart);
        core::iter::once(Self::Opening).chain(charts)
    }

    /// Its key in `view`. Permanent.
    pub fn id(self) -> &'static str {
        match self {
            Self::Opening => "headline",
            Self::Chart(chart) => {
                let also = Self::ALSO.into_iter().find(|(_, part)| *part == self);
                also.map_or(chart.id(), |(id, _)| id)
            }
        }
    }

    /// The part with a key, or none.
    pub fn from_id(id: &str) -> Option<Self> {
        if id == Self::Opening.id() {
            return Some(Self::Opening);
        }
        let also = Self::ALSO.into_iter().find(|(other, _)| *other == id);
        also.map(|(_, part)| part)
            .or_else(|| Chart::from_id(id).map(Self::Chart))
    }

    /// The chart in it.
    pub fn chart(self) -> Chart {
        match self {
            Self::Opening => Chart::Gap,
            Self::Chart(chart) => chart,
        }
    }

    /// The sliders it has where the query names none: beliefs that change what it shows.
    pub fn sliders(self) -> &'static [Lever] {
        use Lever as L;
        const MAIN: &[Lever] = &Lever::PRIMARY;
        const REVENUE: &[Lever] = &[L::Arr2026, L::SpendRatio, L::NonaiGrowth2026];
        const MARGIN: &[Lever] = &[L::Arr2026, L::TrainiumPrice, L::Utilization];
        const PRICE: &[Lever] = &[L::Arr2026, L::TrainiumPrice, L::SpendRatio];
        let Self::Chart(chart) = self else {
            return MAIN;
        };
        match chart {
            Chart::Gap
            | Chart::Loop
            | Chart::Earnings
            | Chart::Odds
            | Chart::Sway
            | Chart::Verdicts => MAIN,
            Chart::Ladder => &[L::MilestoneOdds, L::OptionOrDuty, L::TopUp],
            Chart::Stake => &[L::Arr2026, L::ValuationMultiple, L::MilestoneOdds],
            Chart::Pledge => &[L::Arr2026, L::Pledge, L::PledgeYears],
            Chart::Deals => &[L::MilestoneOdds, L::TopUp, L::OpenaiInvestment],
            Chart::ChipCost => &[L::TrainingSaving, L::InferenceSaving, L::TrainiumPrice],
            Chart::ChipTable => &[L::TrainingSaving, L::InferenceSaving],
            Chart::Generations => &[L::Trainium4Start],
            Chart::Sites => &[L::GwCommitted, L::BuildMonths, L::UnnamedStart],
            Chart::PriceResponse => &[L::TrainiumPrice, L::PriceElasticity, L::Arr2026],
            Chart::SitesCost => &[L::SiteCapex, L::ServerCapex, L::GwCommitted],
            Chart::UnitEconomics => &[L::TrainiumPrice, L::ServerCapex, L::PowerPrice],
            Chart::AwsRevenue | Chart::AwsGrowth => REVENUE,
            Chart::Return | Chart::AwsLayers | Chart::AwsMargin => MARGIN,
            Chart::Flip | Chart::Map => PRICE,
            Chart::Claims => &[L::TrainiumPrice, L::TrainingSaving, L::GwCommitted],
            // Published figures alone: nothing moves them.
            Chart::Graviton | Chart::Race => &[],
        }
    }
}

impl Query {
    /// Reads a query, with or without its `?`. Of a key that stands twice the last counts.
    pub fn read(query: &str) -> Self {
        let query = query.trim_start_matches('?');
        let end = query.char_indices().nth(MAX_LENGTH);
        let query = end.map_or(query, |(end, _)| &query[..end]);
        let raw = |key: &str| {
            let pairs = query.split('&').rev();
            pairs
                .map(|pair| (pair, pair.split_once('=').unwrap_or((pair, ""))))
                .find(|(_, (name, _))| unescape(name) == key)
                .map(|(pair, (_, text))| (pair, unescape(&text.replace('+', " "))))
        };
        let asked = |key: &str| raw(key).map(|(_, text)| text);
        let mut notices = vec![];
        let language = asked("lang").and_then(|tag| {
            let language = Language::from_code(&tag);
            if language.is_none() {
                notices.push(say!(
                    "There is no language “{name}” here; the page is in English.",
                    name = short(&tag)
                ));
            }
            language.filter(|language| language.code != ENGLISH.code)
        });
        let theme = asked("theme").and_then(|name| {
            let theme = Theme::from_id(&name);
            if theme.is_none() {
                notices.push(say!(
                    "There is no theme called “{name}”; it was ignored.",
                    name = short(&name)
                ));
            }
            theme
        });
        let seed = asked("seed").and_then(|text| {
            let seed = text.parse().ok();
            if seed.is_none() {
                notices.push(say!(
                    "“{text}” is not a seed, a whole number; the usual worlds are drawn.",
                    text = short(&text)
                ));
            }
            seed
        });
        let embed = asked("embed").filter(|text| !matches!(text.as_str(), "0" | "off" | "false"));
        let embed = embed.map(|_| {
            let part = asked("view").map_or(Part::default(), |id| {
                Part::from_id(&id).unwrap_or_else(|| {
                    notices.push(say!(
                        "There is no view called “{name}”; the opening is shown.",
                        name = short(&id)
                    ));
                    Part::default()
                })
            });
            let chrome = asked("chrome").is_none_or(|text| {
                if !matches!(text.as_str(), "none" | "") {
                    notices.push(say!(
                        "“chrome” can only be “none”; “{text}” was ignored.",
                        text = short(&text)
                    ));
                }
                text != "none"
            });
            let levers = asked("levers");
            Embed {
                part,
                levers: levers.map_or_else(
                    || part.sliders().to_vec(),
                    |ids| sliders(&ids, part, &mut notices),
                ),
                chrome,
                child: asked("childId").filter(|child| !child.is_empty()),
                pair: raw("view").map_or_else(|| "embed=1".to_owned(), |(pair, _)| pair.to_owned()),
            }
        });
        notices.truncate(MOST_NOTICES);
        Self {
            language,
            theme,
            seed,
            embed,
            notices,
        }
    }

    /// What of it stays when the whole page is opened from an embed, or a link is taken
    /// along: `?lang=zh-CN&seed=7`, or nothing.
    pub fn of_whole_page(&self) -> String {
        self.in_language(self.language)
    }

    /// The same in another language; none is English.
    pub fn in_language(&self, language: Option<&Language>) -> String {
        let pairs = [
            language.map(|language| format!("lang={}", language.code)),
            self.seed.map(|seed| format!("seed={seed}")),
        ];
        let pairs: Vec<String> = pairs.into_iter().flatten().collect();
        if pairs.is_empty() {
            String::new()
        } else {
            format!("?{}", pairs.join("&"))
        }
    }
}

/// The sliders that a list of ids asks for. An empty list asks for none; one without any
/// lever in it gets those that the part has otherwise.
fn sliders(ids: &str, part: Part, notices: &mut Vec<String>) -> Vec<Lever> {
    let mut levers = vec![];
    let ids = ids.split(',').map(str::trim).filter(|id| !id.is_empty());
    let mut asked = false;
    for id in ids {
        asked = true;
        match Lever::from_id(id) {
            None => notices.push(say!(
                "There is no lever called “{name}”; it was ignored.",
                name = short(id)
            )),
            Some(lever) if levers.contains(&lever) => {}
            Some(lever) if levers.len() == MOST_SLIDERS => notices.push(say!(
                "{belief} has no slider here: there is room for {count}.",
                belief = t(lever.spec().label),
                count = MOST_SLIDERS
            )),
            Some(lever) => levers.push(lever),
        }
    }
    if asked && levers.is_empty() {
        levers = part.sliders().to_vec();
    }
    levers
}
