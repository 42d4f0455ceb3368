//! The loop: who pays whom in a year, through three lenses.

use compute_loop_core::circle::{self, Circle, Flow, Lens, Party, Purpose};
use compute_loop_core::fact::facts;
use compute_loop_core::format;
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
    let (booked, circle) = (of(true), of(view.own_money));
    let own = circle::own_money(case.outcome, view.year);
    let words = Words {
        year: booked.year,
        booked: &booked,
        circle: &circle,
        own,
        counted: view.own_money,
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
        shapes: Shapes::Flow(FlowChart {
            centre: booked.year.to_string(),
            hubs: hubs(&circle),
            bands: bands(&booked, &circle, own, view.own_money),
            // One scale for every year and lens: what is twice as wide is twice as much.
            full: circle::largest(case.scenario, case.outcome).max(1.0),
            under: None,
        }),
    }
}

/// The parties on the ring, in the cash lens with what each is left with.
fn hubs(circle: &Circle) -> [Hub; 3] {
    let left = |party: Party| {
        let balance = circle.balance(party);
        if circle.lens != Lens::Cash || balance.abs() < 0.005 {
            String::new()
        } else if balance > 0.0 {
            format!("+{}", dollars(balance))
        } else {
            dollars(balance)
        }
    };
    [
        Hub {
            name: "Anthropic",
            role: Role::Anthropic,
            note: left(Party::Anthropic),
        },
        Hub {
            name: "AWS",
            role: Role::Amazon,
            note: String::new(),
        },
        Hub {
            name: "Amazon",
            role: Role::Amazon,
            note: left(Party::Amazon),
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
        let sales = booked.amount(Purpose::Sales);
        bands.push(Band {
            rim: "Customers",
            lanes: filled(sales, Role::Muted).into_iter().collect(),
            amount: if sales > 0.0 {
                dollars(sales)
            } else {
                String::new()
            },
            notes: vec![note(if sales > 0.0 {
                "for Claude"
            } else {
                "not published"
            })],
            reading: Reading {
                name: "Customers to Anthropic".to_owned(),
                values: vec![Value {
                    label: "for Claude".to_owned(),
                    text: if sales > 0.0 {
                        dollars(sales)
                    } else {
                        "not published".to_owned()
                    },
                    other: None,
                    role: Role::Muted,
                }],
            },
            ..band(Route::Customers)
        });
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
        | Purpose::WriteOffs
        | Purpose::Electricity
        | Purpose::Running => return None,
        Purpose::Funding => Band {
            rim: "Other investors",
            ..plain(Route::Investors, Role::Muted, "the shortfall")
        },
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
                vec![note("invested,"), amber("without"), amber(dollars(taken))]
            } else {
                vec![note(if taken > 0.0 { "taken out" } else { "invested" })]
            },
            amount: dollars(if counts > 0.0 { counts } else { flow.amount }),
            reading: reading(
                flow,
                &[
                    ("invested", counts, Role::Amazon),
                    ("taken out", taken, Role::Amazon),
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
                    notes.push(amber(format!("{} of it may be", dollars(own))));
                    notes.push(amber("Amazon’s own"));
                }
            } else {
                lanes.extend(out(Role::Amazon));
                lanes.extend(filled(counts, Role::Anthropic));
                if taken > 0.0 {
                    notes.push(amber(format!("without {}", dollars(taken))));
                    notes.push(amber("of Amazon’s own"));
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
                        ("taken out", taken, Role::Amazon),
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
            notes: vec![
                note(if flow.to == Party::Amazon {
                    "gained on paper:"
                } else {
                    "lost on paper:"
                }),
                note("nobody pays it"),
            ],
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
        (Purpose::WriteOffs, "write-offs", 0.6),
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
            let rest = self.circle.amount(Purpose::Compute);
            return if self.own <= 0.0 {
                format!("In {year} none of AWS’s {paid} can be money Amazon invested that year")
            } else if rest <= 0.0 {
                format!("In {year} all {paid} that AWS gets could be Amazon’s own money")
            } else {
                format!(
                    "In {year} {} of AWS’s {paid} cannot be what Amazon invested",
                    dollars(rest)
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
        let out = self.circle.taken_out;
        if out > 0.0 && short {
            let own = dollars(out);
            format!("Without Amazon’s own {own}, serving Anthropic loses {income} in {year}")
        } else if out > 0.0 {
            let own = dollars(out);
            format!("Without Amazon’s own {own}, Anthropic leaves {income} of income in {year}")
        } else if short {
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
            Lens::Cash => "Cash, $ bn a year, on one scale for all years. In the circles: cash gained or used.",
            Lens::OperatingIncome => "AWS’s revenue from Anthropic and its cost, $ bn a year. Capex counts when written off.",
            Lens::MarkToMarket => "Change in the value of Amazon’s stake, hatched, and the cash it put in; $ bn a year.",
        }
        .into()
    }

    fn summary(&self) -> String {
        let year = self.year;
        let amount = |purpose| match self.circle.amount(purpose) {
            amount if amount > 0.0 => dollars(amount),
            _ => "nothing".to_owned(),
        };
        match self.booked.lens {
            Lens::Cash => {
                let rest = match self.circle.flow(Purpose::Rest) {
                    Some(flow) if flow.from == Party::Amazon => {
                        format!("Amazon adds {}", dollars(flow.amount))
                    }
                    Some(flow) => format!("{} is left for Amazon", dollars(flow.amount)),
                    None => "nothing is left".into(),
                };
                let own = if self.circle.taken_out > 0.0 {
                    format!(
                        " {} that Amazon invested in the same year is taken out.",
                        dollars(self.circle.taken_out)
                    )
                } else {
                    String::new()
                };
                format!(
                    "In {year} customers pay Anthropic {}, Amazon invests {}, Anthropic pays AWS {}, AWS pays suppliers {}, and {rest}.{own}",
                    amount(Purpose::Sales),
                    amount(Purpose::Investment),
                    amount(Purpose::Compute),
                    amount(Purpose::Supplies),
                )
            }
            Lens::OperatingIncome => {
                let online =
                    self.circle.amount(Purpose::Electricity) + self.circle.amount(Purpose::Running);
                format!(
                    "In {year} AWS earns {} on Anthropic. Of the cost, {} is for power from elsewhere, {} is written off, and {} runs what is online.",
                    amount(Purpose::Compute),
                    amount(Purpose::Elsewhere),
                    amount(Purpose::WriteOffs),
                    dollars(online),
                )
            }
            Lens::MarkToMarket => {
                let stake = self
                    .outcome
                    .at(Series::StakeValue, december(year))
                    .map_or_else(String::new, |value| {
                        format!(
                            " At the end of the year the stake is worth {}.",
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

fn december(year: usize) -> compute_loop_core::month::Month {
    compute_loop_core::month::Month::new(year, 12)
}
