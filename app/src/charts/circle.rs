//! The loop: who pays whom in a year, through three lenses.

use compute_loop_core::circle::{self, Circle, Flow, Lens, Party, Purpose, SalesKnown};
use compute_loop_core::fact::facts;
use compute_loop_core::format;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Outcome, Series};
use compute_loop_core::unit::Unit;

use super::flow::{Band, FlowChart, Hub, Lane, LaneLook, Note, Route, STRONG};
use super::reading::{Reading, Value};
use super::{Case, Picture, Shapes};
use crate::palette::Role;

fn dollars(value: f64) -> String {
    format::value(Unit::UsdBn, value)
}

/// What customers, Anthropic, AWS, Amazon and suppliers pay each other in a year.
pub(super) fn money_loop(case: Case<'_>) -> Picture {
    let view = case.view;
    let of = |own_money| Circle::of(case.scenario, case.outcome, view.year, view.lens, own_money);
    // Only payments can be taken out; the other lenses know no such switch.
    let counted = view.own_money || view.lens != Lens::Cash;
    let (booked, circle) = (of(true), of(counted));
    // Where it is not published what customers pay, no share is told.
    let unknown = circle::sales_known(view.year) != SalesKnown::Whole;
    let own = if view.lens != Lens::Cash || counted && unknown {
        0.0
    } else {
        circle::own_money(case.outcome, view.year)
    };
    let words = Words {
        year: booked.year,
        booked: &booked,
        circle: &circle,
        own,
        counted,
        outcome: case.outcome,
    };
    Picture {
        title: words.title(),
        subtitle: words.subtitle(),
        summary: words.summary(),
        facts: &[
            ("first payment", facts::INITIAL_INVESTMENT),
            ("April 2026", facts::PHASE3_INVEST),
            ("what may follow", facts::PHASE3_OPTION),
            ("ARR, May 2026", facts::ANTHROPIC_ARR_2026_05),
            ("money that goes round", facts::CIRCULAR_ECONOMICS),
            ("gain on paper", facts::ANTHROPIC_MTM_GAIN),
        ],
        shapes: Shapes::of(FlowChart {
            centre: booked.year.to_string(),
            hubs: hubs(&circle),
            bands: bands(&booked, &circle, own, counted),
            // One scale for every year: what is twice as wide is twice as much. It goes
            // by steps, so that most changes of a belief leave it alone.
            full: step_above(circle::largest(case.scenario, case.outcome, view.lens)),
            under: None,
        }),
    }
}

/// The amount of a band of full width: the first of these steps at or above.
fn step_above(amount: f64) -> f64 {
    let amount = amount.max(1.0);
    let power = libm::pow(10.0, libm::floor(libm::log10(amount)));
    [1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0]
        .into_iter()
        .map(|step| step * power)
        .find(|&step| step >= amount)
        .unwrap_or(10.0 * power)
}

/// The parties on the ring, in the cash lens with what each is left with.
fn hubs(circle: &Circle) -> [Hub; 3] {
    let balance = |party: Party| {
        let balance = circle.balance(party);
        (circle.lens == Lens::Cash && balance.abs() >= 0.005).then_some(balance)
    };
    let known = circle::sales_known(circle.year) == SalesKnown::Whole;
    let anthropic = balance(Party::Anthropic).filter(|_| known);
    let anthropic = anthropic.map_or_else(Vec::new, |left| {
        // No profit: salaries and everything else have yet to be paid.
        let what = if left > 0.0 {
            "for all else"
        } else {
            "of its own"
        };
        vec![dollars(left), what.to_owned()]
    });
    let amazon = balance(Party::Amazon).map_or_else(Vec::new, |gained| {
        let sign = if gained > 0.0 { "+" } else { "" };
        vec![format!("{sign}{}", dollars(gained)), "cash".to_owned()]
    });
    // Through the lens of the stake's value nothing passes AWS.
    let aws = if circle.lens == Lens::MarkToMarket {
        Role::Muted
    } else {
        Role::Amazon
    };
    [
        Hub {
            name: "Anthropic",
            role: Role::Anthropic,
            notes: anthropic,
        },
        Hub {
            name: "AWS",
            role: aws,
            notes: vec![],
        },
        Hub {
            name: "Amazon",
            role: Role::Amazon,
            notes: amazon,
        },
    ]
}

fn note(text: impl Into<String>) -> Note {
    Note {
        text: text.into(),
        role: Role::Muted,
    }
}

fn amber(text: impl Into<String>) -> Note {
    Note {
        text: text.into(),
        role: Role::Amazon,
    }
}

fn filled(amount: f64, role: Role) -> Option<Lane> {
    lane(amount, role, LaneLook::Filled(STRONG))
}

fn lane(amount: f64, role: Role, look: LaneLook) -> Option<Lane> {
    // What rounding leaves of nothing is not drawn.
    (amount > 1e-9).then_some(Lane { amount, role, look })
}

/// What flows, drawn: every flow of the circle, and what was taken out of it.
fn bands(booked: &Circle, circle: &Circle, own: f64, counted: bool) -> Vec<Band> {
    let mut bands = vec![];
    if booked.lens == Lens::Cash {
        bands.push(sales(booked));
    }
    let turned = circle
        .flows
        .iter()
        .filter(|flow| booked.flow(flow.purpose).is_none());
    for flow in booked.flows.iter().chain(turned) {
        bands.extend(one(*flow, circle, own, counted));
    }
    if booked.lens == Lens::OperatingIncome {
        bands.extend(costs(booked));
    }
    bands
}

/// What customers pay, as far as it is published.
fn sales(booked: &Circle) -> Band {
    let sales = booked.amount(Purpose::Sales);
    let (amount, notes, label, text) = match circle::sales_known(booked.year) {
        SalesKnown::Nothing => (
            String::new(),
            vec![note("not published")],
            "for Claude".to_owned(),
            "not published".to_owned(),
        ),
        SalesKnown::From(month) => (
            dollars(sales),
            vec![note(stretch(month, true)), note("only published")],
            format!("for Claude, {}", stretch(month, false)),
            format!("{}; before, not published", dollars(sales)),
        ),
        SalesKnown::Whole => (
            dollars(sales),
            vec![note("for Claude")],
            "for Claude".to_owned(),
            dollars(sales),
        ),
    };
    Band {
        rim: "Customers",
        lanes: filled(sales, Role::Muted).into_iter().collect(),
        amount,
        notes,
        reading: Reading {
            name: "Customers to Anthropic".to_owned(),
            values: vec![Value {
                label,
                text,
                other: None,
                role: Role::Muted,
            }],
        },
        ..band(Route::Customers)
    }
}

/// The months from one to the end of its year.
fn stretch(month: Month, short: bool) -> String {
    let name = |month: Month| {
        let name = format::month(month);
        let name = name.split(' ').next().unwrap_or_default();
        name.chars()
            .take(if short { 3 } else { 20 })
            .collect::<String>()
    };
    let last = december(month.year());
    let join = if month.index() + 1 == last.index() {
        "and"
    } else {
        "to"
    };
    format!("{} {join} {}", name(month), name(last))
}

fn band(route: Route) -> Band {
    Band {
        route,
        back: false,
        rim: "",
        lanes: vec![],
        amount: String::new(),
        notes: vec![],
        parts: vec![],
        reading: Reading {
            name: String::new(),
            values: vec![],
        },
    }
}

/// What is read from a band: between whom, and each part with its amount.
fn reading(flow: Flow, parts: &[(&str, f64, Role)]) -> Reading {
    Reading {
        name: format!("{} to {}", called(flow.from), called(flow.to)),
        values: parts
            .iter()
            .filter(|(_, amount, _)| *amount > 0.0)
            .map(|&(label, amount, role)| Value {
                label: label.to_owned(),
                text: dollars(amount),
                other: None,
                role,
            })
            .collect(),
    }
}

fn called(party: Party) -> &'static str {
    match party {
        Party::Customers => "Customers",
        Party::Investors => "Other investors",
        Party::Anthropic => "Anthropic",
        Party::Aws => "AWS",
        Party::Amazon => "Amazon",
        Party::Suppliers => "Suppliers",
        Party::OtherLabs => "OpenAI",
    }
}

/// The band of a flow, or none for one that is drawn with others.
fn one(flow: Flow, circle: &Circle, own: f64, counted: bool) -> Option<Band> {
    let taken = circle.taken_out;
    let left = circle.flow(flow.purpose);
    let counts = left.map_or(0.0, |flow| flow.amount);
    let shown = left.unwrap_or(flow);
    let plain = |route, role, words: &str| Band {
        lanes: filled(flow.amount, role).into_iter().collect(),
        amount: dollars(flow.amount),
        notes: vec![note(words)],
        reading: reading(flow, &[(words, flow.amount, role)]),
        ..band(route)
    };
    let out = |role| lane(taken, role, LaneLook::Outlined);
    Some(match flow.purpose {
        Purpose::Sales
        | Purpose::Elsewhere
        | Purpose::Depreciation
        | Purpose::Electricity
        | Purpose::Running => return None,
        Purpose::Funding => {
            let known = circle::sales_known(circle.year) == SalesKnown::Whole;
            let band = plain(Route::Investors, Role::Muted, "the shortfall");
            if known {
                Band {
                    rim: "Other investors",
                    ..band
                }
            } else {
                // Customers paid some of it; how much is not published.
                let most = format!("at most {}", dollars(flow.amount));
                Band {
                    rim: "Other investors",
                    amount: most.clone(),
                    notes: vec![note("less what"), note("customers paid")],
                    reading: Reading {
                        name: "Other investors to Anthropic".to_owned(),
                        values: vec![Value {
                            label: "less what customers paid,".to_owned(),
                            text: most,
                            other: None,
                            role: Role::Muted,
                        }],
                    },
                    ..band
                }
            }
        }
        Purpose::OtherInvestment => Band {
            rim: "OpenAI",
            ..plain(Route::OtherLabs, Role::Amazon, "invested")
        },
        Purpose::Supplies => Band {
            rim: "Suppliers",
            notes: vec![note("chips, sites,"), note("power")],
            ..plain(Route::Suppliers, Role::Chips, "chips, sites, power")
        },
        Purpose::Investment => Band {
            lanes: out(Role::Amazon)
                .into_iter()
                .chain(filled(counts, Role::Amazon))
                .collect(),
            notes: if taken > 0.0 && counts > 0.0 {
                vec![
                    note("invested,"),
                    amber(format!("{} of it", dollars(taken))),
                    amber("taken out"),
                ]
            } else if taken > 0.0 {
                vec![note("invested,"), amber("taken out")]
            } else {
                vec![note("invested")]
            },
            amount: dollars(flow.amount),
            reading: reading(
                flow,
                &[
                    ("invested", counts, Role::Amazon),
                    ("taken out, if all of it came back,", taken, Role::Amazon),
                ],
            ),
            ..band(Route::Investment)
        },
        Purpose::Compute => {
            let mut notes = vec![note("for compute")];
            let mut lanes = vec![];
            // Nearest to the middle of the ring, so that it can be followed round.
            if counted {
                lanes.extend(filled(own, Role::Amazon));
                lanes.extend(filled(flow.amount - own, Role::Anthropic));
                if own > 0.0 {
                    notes.push(amber(format!("at most {} of it", dollars(own))));
                    notes.push(amber("Amazon’s own"));
                }
            } else {
                lanes.extend(out(Role::Amazon));
                lanes.extend(filled(counts, Role::Anthropic));
                if taken > 0.0 {
                    notes.push(amber(format!("if all {}", dollars(taken))));
                    notes.push(amber("came back"));
                }
            }
            Band {
                lanes,
                amount: dollars(if counted { flow.amount } else { counts }),
                notes,
                reading: reading(
                    flow,
                    &[
                        ("for compute", counts, Role::Anthropic),
                        (
                            "of it Amazon’s own, at most",
                            if counted { own } else { 0.0 },
                            Role::Amazon,
                        ),
                        ("taken out, if all of it came back,", taken, Role::Amazon),
                    ],
                ),
                ..band(Route::Compute)
            }
        }
        Purpose::Rest | Purpose::Income => {
            let back = shown.from == Party::Amazon;
            let words = match (flow.purpose, back) {
                (Purpose::Rest, false) => "left for Amazon",
                (Purpose::Rest, true) => "added by Amazon",
                (_, false) => "operating income",
                (_, true) => "operating loss",
            };
            // What is taken out of a rest that is still one was a part of it.
            let outlined = out(Role::Amazon).filter(|_| flow.amount > counts && !back);
            Band {
                back,
                lanes: outlined
                    .into_iter()
                    .chain(filled(counts, Role::Amazon))
                    .collect(),
                amount: dollars(counts),
                notes: vec![note(words)],
                reading: reading(shown, &[(words, counts, Role::Amazon)]),
                ..band(Route::Rest)
            }
        }
        Purpose::Revaluation => Band {
            // The way runs from Amazon to Anthropic.
            back: flow.to == Party::Amazon,
            lanes: lane(flow.amount, Role::Amazon, LaneLook::Hatched)
                .into_iter()
                .collect(),
            amount: dollars(flow.amount),
            notes: vec![note(if flow.to == Party::Amazon {
                "gained on paper"
            } else {
                "lost on paper"
            })],
            reading: Reading {
                name: "Amazon’s stake in Anthropic".to_owned(),
                values: vec![Value {
                    label: if flow.to == Party::Amazon {
                        "gained on paper".to_owned()
                    } else {
                        "lost on paper".to_owned()
                    },
                    text: dollars(flow.amount),
                    other: None,
                    role: Role::Amazon,
                }],
            },
            ..band(Route::Revaluation)
        },
    })
}

/// The cost of serving Anthropic: one band of four parts.
fn costs(booked: &Circle) -> Option<Band> {
    let parts = [
        (Purpose::Elsewhere, "elsewhere", 0.8),
        (Purpose::Depreciation, "depreciation", 0.6),
        (Purpose::Electricity, "electricity", 0.42),
        (Purpose::Running, "other", 0.28),
    ];
    let lanes: Vec<Lane> = parts
        .iter()
        .filter_map(|&(purpose, _, strength)| {
            lane(
                booked.amount(purpose),
                Role::Chips,
                LaneLook::Filled(strength),
            )
        })
        .collect();
    let whole: f64 = lanes.iter().map(|lane| lane.amount).sum();
    (whole > 0.0).then(|| Band {
        rim: "Costs",
        amount: dollars(whole),
        notes: vec![note("to serve it")],
        parts: parts
            .iter()
            .map(|&(purpose, name, _)| (booked.amount(purpose), name))
            .filter(|&(amount, _)| amount > 0.0)
            .map(|(amount, name)| format!("{name} {}", dollars(amount)))
            .collect(),
        lanes,
        reading: Reading {
            name: "What serving Anthropic costs AWS".to_owned(),
            values: parts
                .iter()
                .map(|&(purpose, name, _)| Value {
                    label: name.to_owned(),
                    text: dollars(booked.amount(purpose)),
                    other: None,
                    role: Role::Chips,
                })
                .collect(),
        },
        ..band(Route::Suppliers)
    })
}

/// The words around the drawing.
struct Words<'a> {
    year: usize,
    booked: &'a Circle,
    circle: &'a Circle,
    own: f64,
    counted: bool,
    outcome: &'a Outcome,
}

impl Words<'_> {
    fn title(&self) -> String {
        match self.booked.lens {
            Lens::Cash => self.cash_title(),
            Lens::OperatingIncome => self.income_title(),
            Lens::MarkToMarket => self.paper_title(),
        }
    }

    fn cash_title(&self) -> String {
        let year = self.year;
        let spend = self.booked.amount(Purpose::Compute);
        let invested = self.booked.amount(Purpose::Investment);
        let paid = dollars(spend);
        if !self.counted {
            let own = dollars(self.own);
            return if invested <= 0.0 {
                format!("Amazon puts nothing in during {year}, so the one-year bound is zero")
            } else if self.circle.amount(Purpose::Compute) <= 0.0 {
                format!(
                    "In {year} Amazon invests no less than the {paid} that AWS gets: the one-year bound takes out all of it"
                )
            } else {
                format!(
                    "If all {own} that Amazon invests in {year} came back, AWS would get {} of its {paid} from others",
                    dollars(self.circle.amount(Purpose::Compute))
                )
            };
        }
        if invested > 0.0 {
            let times = spend / invested;
            if times >= 1.0 {
                format!(
                    "In {year} Anthropic pays AWS {paid}, {} times what Amazon invests in it",
                    format::number(times, usize::from(times < 9.95))
                )
            } else {
                format!(
                    "In {year} Anthropic pays AWS {paid}; Amazon invests {} in it",
                    dollars(invested)
                )
            }
        } else {
            match self.booked.flow(Purpose::Rest) {
                Some(rest) if rest.from == Party::Amazon => format!(
                    "In {year} Anthropic pays AWS {paid}, and Amazon adds {} to build more",
                    dollars(rest.amount)
                ),
                Some(rest) => format!(
                    "In {year} Anthropic pays AWS {paid}, and {} of it is left for Amazon",
                    dollars(rest.amount)
                ),
                None => format!("In {year} Anthropic pays AWS {paid}, all of it passed on"),
            }
        }
    }

    fn income_title(&self) -> String {
        let year = self.year;
        let earned = dollars(self.circle.amount(Purpose::Compute));
        let (income, short) = match self.circle.flow(Purpose::Income) {
            Some(flow) => (dollars(flow.amount), flow.from == Party::Amazon),
            None => (dollars(0.0), false),
        };
        if short {
            format!("In {year} Anthropic’s {earned} falls {income} short of its cost")
        } else {
            format!("Of Anthropic’s {earned} in {year}, {income} is operating income")
        }
    }

    fn paper_title(&self) -> String {
        let year = self.year;
        match self.booked.flow(Purpose::Revaluation) {
            Some(flow) if flow.to == Party::Amazon => format!(
                "In {year} Amazon’s stake gains {} on paper; nobody pays it",
                dollars(flow.amount)
            ),
            Some(flow) => format!(
                "In {year} Amazon’s stake loses {} on paper; nobody is paid it",
                dollars(flow.amount)
            ),
            None if year < Series::MarkToMarket.spec().start.year() => {
                format!("For {year} no price of Anthropic is published, so no gain can be told")
            }
            None => format!("In {year} Amazon’s stake neither gains nor loses value"),
        }
    }

    fn subtitle(&self) -> String {
        match self.booked.lens {
            Lens::Cash if !self.counted => "Cash, $ bn a year, less the most that Amazon’s money of the same year can have paid (outlined). Dotted: too little for the scale.",
            Lens::Cash => "Cash, $ bn a year. In the circles: what Anthropic has left for all other costs, and Amazon’s cash gained or used. Dotted: too little for the scale.",
            Lens::OperatingIncome => "AWS’s revenue from Anthropic and its cost, $ bn a year. Capex counts as it depreciates. Dotted: too little for the scale.",
            Lens::MarkToMarket => "Change in the value of Amazon’s stake, hatched, and the cash it put in, $ bn a year, on a scale of their own. Dotted: too little for it.",
        }
        .into()
    }

    fn summary(&self) -> String {
        let year = self.year;
        let amount = |purpose| match self.booked.amount(purpose) {
            amount if amount > 0.0 => dollars(amount),
            _ => "nothing".to_owned(),
        };
        match self.booked.lens {
            Lens::Cash => {
                let rest = match self.booked.flow(Purpose::Rest) {
                    Some(flow) if flow.from == Party::Amazon => {
                        format!("Amazon adds {}", dollars(flow.amount))
                    }
                    Some(flow) => format!("{} is left for Amazon", dollars(flow.amount)),
                    None => "nothing is left".into(),
                };
                let own = if self.circle.taken_out > 0.0 {
                    format!(
                        " Taken out is {}: the most that can have come back within the year, not what did.",
                        dollars(self.circle.taken_out)
                    )
                } else if !self.counted && year > *circle::YEARS.start() {
                    " Money of earlier years may be carried over.".into()
                } else {
                    String::new()
                };
                let sales = match circle::sales_known(year) {
                    SalesKnown::Nothing => "what customers pay Anthropic is not published".into(),
                    SalesKnown::From(month) => format!(
                        "customers pay Anthropic {} in {} (before: not published)",
                        amount(Purpose::Sales),
                        stretch(month, false)
                    ),
                    SalesKnown::Whole => {
                        format!("customers pay Anthropic {}", amount(Purpose::Sales))
                    }
                };
                format!(
                    "In {year} {sales}. Amazon invests {}, Anthropic pays AWS {}, AWS pays suppliers {}, and {rest}.{own}",
                    amount(Purpose::Investment),
                    amount(Purpose::Compute),
                    amount(Purpose::Supplies),
                )
            }
            Lens::OperatingIncome => {
                let online =
                    self.circle.amount(Purpose::Electricity) + self.circle.amount(Purpose::Running);
                format!(
                    "In {year} AWS earns {} on Anthropic. Of the cost, {} is for power from elsewhere, {} is depreciation, and {} runs what is online.",
                    amount(Purpose::Compute),
                    amount(Purpose::Elsewhere),
                    amount(Purpose::Depreciation),
                    dollars(online),
                )
            }
            Lens::MarkToMarket => {
                let stake = self
                    .outcome
                    .at(Series::StakeValue, december(year))
                    .map_or_else(String::new, |value| {
                        format!(
                            " At the end of the year the stake would be worth {}.",
                            dollars(value)
                        )
                    });
                format!(
                    "In {year} Amazon invests {} in cash.{stake}",
                    amount(Purpose::Investment)
                )
            }
        }
    }
}

fn december(year: usize) -> Month {
    Month::new(year, 12)
}
