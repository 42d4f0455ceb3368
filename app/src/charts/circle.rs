//! The loop: who pays whom in a year, through three lenses.

use compute_loop_core::circle::{self, Circle, Flow, Lens, Party, Purpose, SalesKnown};
use compute_loop_core::fact::facts;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Outcome, Series};
use compute_loop_core::unit::Unit;
use compute_loop_core::words::{mark, t};
use compute_loop_core::{format, say};

use super::flow::{Band, FlowChart, Hub, Lane, LaneLook, Note, Route, STRONG};
use super::reading::{Reading, Value};
use super::{Case, Picture, Shapes, after};
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
        facts: const {
            &[
                (mark("first payment"), facts::INITIAL_INVESTMENT),
                (mark("April 2026"), facts::PHASE3_INVEST),
                (mark("what may follow"), facts::PHASE3_OPTION),
                (mark("ARR, May 2026"), facts::ANTHROPIC_ARR_2026_05),
                (mark("money that goes round"), facts::CIRCULAR_ECONOMICS),
                (mark("gain on paper"), facts::ANTHROPIC_MTM_GAIN),
            ]
        },
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
            t("for all else")
        } else {
            t("of its own")
        };
        vec![dollars(left), what.to_owned()]
    });
    let amazon = balance(Party::Amazon).map_or_else(Vec::new, |gained| {
        let sign = if gained > 0.0 { "+" } else { "" };
        vec![format!("{sign}{}", dollars(gained)), t("cash").to_owned()]
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
            name: t("Amazon"),
            role: Role::Amazon,
            notes: amazon,
        },
    ]
}

/// Words in lines: a text says by ` | ` where one ends.
fn lines(text: &str, role: Role) -> Vec<Note> {
    text.split(" | ")
        .map(|line| Note {
            text: line.to_owned(),
            role,
        })
        .collect()
}

fn notes(text: &str) -> Vec<Note> {
    lines(text, Role::Muted)
}

fn amber(text: &str) -> Vec<Note> {
    lines(text, Role::Amazon)
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
            notes(t("not published")),
            t("for Claude").to_owned(),
            t("not published").to_owned(),
        ),
        SalesKnown::From(month) => (
            dollars(sales),
            notes(&say!(
                "{months} | only published",
                months = stretch(month, &SHORT)
            )),
            say!("for Claude, {months}", months = stretch(month, &MONTHS)),
            say!("{amount}; before, not published", amount = dollars(sales)),
        ),
        SalesKnown::Whole => (
            dollars(sales),
            notes(t("for Claude")),
            t("for Claude").to_owned(),
            dollars(sales),
        ),
    };
    Band {
        rim: t("Customers"),
        lanes: filled(sales, Role::Muted).into_iter().collect(),
        amount,
        notes,
        reading: Reading {
            name: between(Party::Customers, Party::Anthropic),
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

/// The months of a year.
const MONTHS: [&str; 12] = [
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
];

/// The same where there is little room.
const SHORT: [&str; 12] = [
    mark("Jan"),
    mark("Feb"),
    mark("Mar"),
    mark("Apr"),
    mark("May"),
    mark("Jun"),
    mark("Jul"),
    mark("Aug"),
    mark("Sep"),
    mark("Oct"),
    mark("Nov"),
    mark("Dec"),
];

/// The months from one to the end of its year, by such names.
fn stretch(month: Month, names: &[&'static str; 12]) -> String {
    let (first, last) = (t(names[month.of_year() - 1]), t(names[11]));
    if month.of_year() == 11 {
        say!("{first} and {last}", first, last)
    } else {
        say!("{first} to {last}", first, last)
    }
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

/// From whom to whom a band runs.
fn between(from: Party, to: Party) -> String {
    say!(
        "{payer} to {payee}",
        payer = called(from),
        payee = called(to)
    )
}

/// What is read from a band: between whom, and each part with its amount.
fn reading(flow: Flow, parts: &[(&str, f64, Role)]) -> Reading {
    Reading {
        name: between(flow.from, flow.to),
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
        Party::Customers => t("Customers"),
        Party::Investors => t("Other investors"),
        Party::Anthropic => "Anthropic",
        Party::Aws => "AWS",
        Party::Amazon => t("Amazon"),
        Party::Suppliers => t("Suppliers"),
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
        notes: notes(words),
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
            let band = plain(Route::Investors, Role::Muted, t("the shortfall"));
            if known {
                Band {
                    rim: t("Other investors"),
                    ..band
                }
            } else {
                // Customers paid some of it; how much is not published.
                let most = say!("at most {amount}", amount = dollars(flow.amount));
                Band {
                    rim: t("Other investors"),
                    amount: most.clone(),
                    notes: notes(t("less what | customers paid")),
                    reading: Reading {
                        name: between(Party::Investors, Party::Anthropic),
                        values: vec![Value {
                            label: t("less what customers paid,").to_owned(),
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
            ..plain(Route::OtherLabs, Role::Amazon, t("invested"))
        },
        Purpose::Supplies => Band {
            rim: t("Suppliers"),
            notes: notes(t("chips, sites, | power")),
            ..plain(Route::Suppliers, Role::Chips, t("chips, sites, power"))
        },
        Purpose::Investment => Band {
            lanes: out(Role::Amazon)
                .into_iter()
                .chain(filled(counts, Role::Amazon))
                .collect(),
            notes: if taken > 0.0 {
                let mut words = notes(t("invested,"));
                words.extend(if counts > 0.0 {
                    amber(&say!("{amount} of it | taken out", amount = dollars(taken)))
                } else {
                    amber(t("taken out"))
                });
                words
            } else {
                notes(t("invested"))
            },
            amount: dollars(flow.amount),
            reading: reading(
                flow,
                &[
                    (t("invested"), counts, Role::Amazon),
                    (t("taken out, if all of it came back,"), taken, Role::Amazon),
                ],
            ),
            ..band(Route::Investment)
        },
        Purpose::Compute => {
            let mut words = notes(t("for compute"));
            let mut lanes = vec![];
            // Nearest to the middle of the ring, so that it can be followed round.
            if counted {
                lanes.extend(filled(own, Role::Amazon));
                lanes.extend(filled(flow.amount - own, Role::Anthropic));
                if own > 0.0 {
                    words.extend(amber(&say!(
                        "at most {amount} of it | Amazon’s own",
                        amount = dollars(own)
                    )));
                }
            } else {
                lanes.extend(out(Role::Amazon));
                lanes.extend(filled(counts, Role::Anthropic));
                if taken > 0.0 {
                    words.extend(amber(&say!(
                        "if all {amount} | came back",
                        amount = dollars(taken)
                    )));
                }
            }
            Band {
                lanes,
                amount: dollars(if counted { flow.amount } else { counts }),
                notes: words,
                reading: reading(
                    flow,
                    &[
                        (t("for compute"), counts, Role::Anthropic),
                        (
                            t("of it Amazon’s own, at most"),
                            if counted { own } else { 0.0 },
                            Role::Amazon,
                        ),
                        (t("taken out, if all of it came back,"), taken, Role::Amazon),
                    ],
                ),
                ..band(Route::Compute)
            }
        }
        Purpose::Rest | Purpose::Income => {
            let back = shown.from == Party::Amazon;
            let words = match (flow.purpose, back) {
                (Purpose::Rest, false) => t("left for Amazon"),
                (Purpose::Rest, true) => t("added by Amazon"),
                (_, false) => t("operating income"),
                (_, true) => t("operating loss"),
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
                notes: notes(words),
                reading: reading(shown, &[(words, counts, Role::Amazon)]),
                ..band(Route::Rest)
            }
        }
        Purpose::Revaluation => {
            let words = if flow.to == Party::Amazon {
                t("gained on paper")
            } else {
                t("lost on paper")
            };
            Band {
                // The way runs from Amazon to Anthropic.
                back: flow.to == Party::Amazon,
                lanes: lane(flow.amount, Role::Amazon, LaneLook::Hatched)
                    .into_iter()
                    .collect(),
                amount: dollars(flow.amount),
                notes: notes(words),
                reading: Reading {
                    name: t("Amazon’s stake in Anthropic").to_owned(),
                    values: vec![Value {
                        label: words.to_owned(),
                        text: dollars(flow.amount),
                        other: None,
                        role: Role::Amazon,
                    }],
                },
                ..band(Route::Revaluation)
            }
        }
    })
}

/// The cost of serving Anthropic: one band of four parts.
fn costs(booked: &Circle) -> Option<Band> {
    let parts = [
        (Purpose::Elsewhere, t("elsewhere"), 0.8),
        (Purpose::Depreciation, t("depreciation"), 0.6),
        (Purpose::Electricity, t("electricity"), 0.42),
        (Purpose::Running, t("other"), 0.28),
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
        rim: t("Costs"),
        amount: dollars(whole),
        notes: notes(t("to serve it")),
        parts: parts
            .iter()
            .map(|&(purpose, name, _)| (booked.amount(purpose), name))
            .filter(|&(amount, _)| amount > 0.0)
            .map(|(amount, part)| say!("{part} {amount}", part, amount = dollars(amount)))
            .collect(),
        lanes,
        reading: Reading {
            name: t("What serving Anthropic costs AWS").to_owned(),
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
            return if invested <= 0.0 {
                say!(
                    "Amazon puts nothing in during {year}, so the one-year bound is zero",
                    year
                )
            } else if self.circle.amount(Purpose::Compute) <= 0.0 {
                say!(
                    "In {year} Amazon invests no less than the {paid} that AWS gets: the one-year bound takes out all of it",
                    year,
                    paid
                )
            } else {
                say!(
                    "If all {invested} that Amazon invests in {year} came back, AWS would get {from_others} of its {paid} from others",
                    invested = dollars(self.own),
                    year,
                    from_others = dollars(self.circle.amount(Purpose::Compute)),
                    paid
                )
            };
        }
        if invested > 0.0 {
            let times = spend / invested;
            if times >= 1.0 {
                say!(
                    "In {year} Anthropic pays AWS {paid}, {times} times what Amazon invests in it",
                    year,
                    paid,
                    times = format::number(times, usize::from(times < 9.95))
                )
            } else {
                say!(
                    "In {year} Anthropic pays AWS {paid}; Amazon invests {invested} in it",
                    year,
                    paid,
                    invested = dollars(invested)
                )
            }
        } else {
            match self.booked.flow(Purpose::Rest) {
                Some(rest) if rest.from == Party::Amazon => say!(
                    "In {year} Anthropic pays AWS {paid}, and Amazon adds {added} to build more",
                    year,
                    paid,
                    added = dollars(rest.amount)
                ),
                Some(rest) => say!(
                    "In {year} Anthropic pays AWS {paid}, and {left} of it is left for Amazon",
                    year,
                    paid,
                    left = dollars(rest.amount)
                ),
                None => say!(
                    "In {year} Anthropic pays AWS {paid}, all of it passed on",
                    year,
                    paid
                ),
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
            say!(
                "In {year} Anthropic’s {earned} falls {missing} short of its cost",
                year,
                earned,
                missing = income
            )
        } else {
            say!(
                "Of Anthropic’s {earned} in {year}, {income} is operating income",
                earned,
                year,
                income
            )
        }
    }

    fn paper_title(&self) -> String {
        let year = self.year;
        match self.booked.flow(Purpose::Revaluation) {
            Some(flow) if flow.to == Party::Amazon => say!(
                "In {year} Amazon’s stake gains {amount} on paper; nobody pays it",
                year,
                amount = dollars(flow.amount)
            ),
            Some(flow) => say!(
                "In {year} Amazon’s stake loses {amount} on paper; nobody is paid it",
                year,
                amount = dollars(flow.amount)
            ),
            None if year < Series::MarkToMarket.spec().start.year() => say!(
                "For {year} no price of Anthropic is published, so no gain can be told",
                year
            ),
            None => say!(
                "In {year} Amazon’s stake neither gains nor loses value",
                year
            ),
        }
    }

    fn subtitle(&self) -> String {
        match self.booked.lens {
            Lens::Cash if !self.counted => t("Cash, $ bn a year, less the most that Amazon’s money of the same year can have paid (outlined). Dotted: too little for the scale."),
            Lens::Cash => t("Cash, $ bn a year. In the circles: what Anthropic has left for all other costs, and Amazon’s cash gained or used. Dotted: too little for the scale."),
            Lens::OperatingIncome => t("AWS’s revenue from Anthropic and its cost, $ bn a year. Capex counts as it depreciates. Dotted: too little for the scale."),
            Lens::MarkToMarket => t("Change in the value of Amazon’s stake, hatched, and the cash it put in, $ bn a year, on a scale of their own. Dotted: too little for it."),
        }
        .into()
    }

    fn summary(&self) -> String {
        let year = self.year;
        let amount = |purpose| match self.booked.amount(purpose) {
            amount if amount > 0.0 => dollars(amount),
            _ => t("nothing").to_owned(),
        };
        match self.booked.lens {
            Lens::Cash => self.cash_summary(amount),
            Lens::OperatingIncome => {
                let online =
                    self.circle.amount(Purpose::Electricity) + self.circle.amount(Purpose::Running);
                say!(
                    "In {year} AWS earns {earned} on Anthropic. Of the cost, {elsewhere} is for power from elsewhere, {depreciation} is depreciation, and {online} runs what is online.",
                    year,
                    earned = amount(Purpose::Compute),
                    elsewhere = amount(Purpose::Elsewhere),
                    depreciation = amount(Purpose::Depreciation),
                    online = dollars(online)
                )
            }
            Lens::MarkToMarket => {
                let invested = say!(
                    "In {year} Amazon invests {amount} in cash.",
                    year,
                    amount = amount(Purpose::Investment)
                );
                let stake = self.outcome.at(Series::StakeValue, december(year));
                match stake {
                    Some(value) => after(
                        &invested,
                        &say!(
                            "At the end of the year the stake would be worth {amount}.",
                            amount = dollars(value)
                        ),
                    ),
                    None => invested,
                }
            }
        }
    }

    fn cash_summary(&self, amount: impl Fn(Purpose) -> String) -> String {
        let year = self.year;
        let rest = match self.booked.flow(Purpose::Rest) {
            Some(flow) if flow.from == Party::Amazon => {
                say!("Amazon adds {amount}", amount = dollars(flow.amount))
            }
            Some(flow) => say!("{amount} is left for Amazon", amount = dollars(flow.amount)),
            None => t("nothing is left").into(),
        };
        let sales = match circle::sales_known(year) {
            SalesKnown::Nothing => t("what customers pay Anthropic is not published").into(),
            SalesKnown::From(month) => say!(
                "customers pay Anthropic {amount} in {months} (before: not published)",
                amount = amount(Purpose::Sales),
                months = stretch(month, &MONTHS)
            ),
            SalesKnown::Whole => say!(
                "customers pay Anthropic {amount}",
                amount = amount(Purpose::Sales)
            ),
        };
        let flows = say!(
            "In {year} {sales}. Amazon invests {invested}, Anthropic pays AWS {compute}, AWS pays suppliers {supplies}, and {rest}.",
            year,
            sales,
            invested = amount(Purpose::Investment),
            compute = amount(Purpose::Compute),
            supplies = amount(Purpose::Supplies),
            rest
        );
        if self.circle.taken_out > 0.0 {
            after(
                &flows,
                &say!(
                    "Taken out is {amount}: the most that can have come back within the year, not what did.",
                    amount = dollars(self.circle.taken_out)
                ),
            )
        } else if !self.counted && year > *circle::YEARS.start() {
            after(&flows, t("Money of earlier years may be carried over."))
        } else {
            flows
        }
    }
}

fn december(year: usize) -> Month {
    Month::new(year, 12)
}
