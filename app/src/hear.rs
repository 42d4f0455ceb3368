//! A series of a chart, played: what to play is [`crate::charts::sound`].

use std::cell::RefCell;

use compute_loop_core::say;
use compute_loop_core::words::t;
use gloo::timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, OscillatorType};

use crate::charts::Picture;
use crate::charts::sound::{Sign, Tune, tune};
use crate::live::{live, memo, yes};
use crate::readout::Reader;
use crate::state::State;

/// How loud the series is, of 1.
const LOUD: f32 = 0.12;
/// How long a tone takes to come and to go, in seconds: at once, it would crack.
const FADE: f64 = 0.02;
/// How long a tick is.
const TICK: f64 = 0.07;
/// How often the place that is heard is shown.
const SHOWN_MS: u32 = 60;

/// What is playing: one thing at a time on a page.
struct Playing {
    context: AudioContext,
    which: RwSignal<Option<usize>>,
    reader: Reader,
    _shows: Interval,
    _ends: Timeout,
}

impl Drop for Playing {
    fn drop(&mut self) {
        // A context that is closed already has nothing left to play.
        let _ = self.context.close();
        self.which.try_set(None);
        self.reader.show(None);
    }
}

thread_local! {
    static PLAYING: RefCell<Option<Playing>> = const { RefCell::new(None) };
}

/// Stops what is playing.
pub(crate) fn silence() {
    // Taken out first: what ends may look here.
    drop(PLAYING.take());
}

/// Plays a tune, the reader of the chart going along.
fn play(
    tune: &Tune,
    which: RwSignal<Option<usize>>,
    place: usize,
    reader: Reader,
) -> Result<(), JsValue> {
    silence();
    let context = AudioContext::new()?;
    let start = context.current_time() + 0.05;
    let voice = |shape: OscillatorType, loud: f32, from: f64, to: f64| {
        let gain = context.create_gain()?;
        let level = gain.gain();
        level.set_value_at_time(0.0, from)?;
        level.linear_ramp_to_value_at_time(loud, from + FADE)?;
        level.set_value_at_time(loud, (to - FADE).max(from + FADE))?;
        level.linear_ramp_to_value_at_time(0.0, to)?;
        gain.connect_with_audio_node(&context.destination())?;
        let voice = context.create_oscillator()?;
        voice.set_type(shape);
        voice.connect_with_audio_node(&gain)?;
        voice.start_with_when(from)?;
        voice.stop_with_when(to)?;
        Ok::<_, JsValue>(voice)
    };
    let end = start + tune.seconds + 0.1;
    let line = voice(OscillatorType::Sine, LOUD, start, end)?;
    for (i, tone) in tune.tones.iter().enumerate() {
        let (hertz, at) = (tone.hertz as f32, start + tone.at);
        // It glides between neighbours, and is silent where values are missing only in that
        // it stands still: a gap of sound would be taken for the end.
        if i == 0 {
            line.frequency().set_value_at_time(hertz, at)?;
        } else {
            line.frequency().linear_ramp_to_value_at_time(hertz, at)?;
        }
    }
    for tick in &tune.ticks {
        let (hertz, times) = match tick.sign {
            Sign::Start => (1_320.0, 1),
            Sign::Crossing => (1_760.0, 2),
            Sign::End => (1_100.0, 1),
        };
        for time in 0..times {
            let at = start + tick.at + f64::from(time) * 1.4 * TICK;
            let beat = voice(OscillatorType::Square, 0.5 * LOUD, at, at + TICK)?;
            beat.frequency().set_value_at_time(hertz, at)?;
        }
    }
    let tones = tune.tones.clone();
    let clock = context.clone();
    let shows = Interval::new(SHOWN_MS, move || {
        let now = clock.current_time() - start;
        let reached = tones.iter().rev().find(|tone| tone.at <= now);
        reader.show(reached.map(|tone| tone.place));
    });
    let ends = Timeout::new((1000.0 * (tune.seconds + 0.6)) as u32, silence);
    which.set(Some(place));
    PLAYING.set(Some(Playing {
        context,
        which,
        reader,
        _shows: shows,
        _ends: ends,
    }));
    Ok(())
}

/// A button for each series of a chart that can be heard.
pub(crate) fn buttons(picture: RwSignal<Picture>, reader: Reader, state: State) -> AnyView {
    let playing = RwSignal::new(None::<usize>);
    // What moves with every step of a slider are the values, not the names.
    let names = memo(move || {
        let series = picture.with(Picture::series);
        let names = series.into_iter().map(|heard| heard.label);
        names.collect::<Vec<_>>()
    });
    let press = move |which: usize| {
        if playing.get_untracked() == Some(which) {
            silence();
            return;
        }
        let series = picture.with_untracked(Picture::series);
        let Some(tune) = tune(&series, which) else {
            return;
        };
        if play(&tune, playing, which, reader).is_err() {
            state.tell(t("This browser plays no sound here.").to_owned());
        }
    };
    live(move || {
        let names = names.get();
        (!names.is_empty()).then(|| {
            let buttons = names.into_iter().enumerate().map(|(which, name)| {
                let name = if name.is_empty() { t("the curve").to_owned() } else { name };
                view! {
                    <li>
                        <button
                            type="button"
                            class="more"
                            data-hear=which
                            aria-label=say!("Hear {series}", series = name)
                            aria-pressed=yes(move || playing.get() == Some(which))
                            on:click=move |_| press(which)
                        >
                            {name.clone()}
                        </button>
                    </li>
                }
            });
            view! {
                <div class="hear">
                    <p>{t("As sound, higher for more, with a tick at the start and the end and two where it crosses another:")}</p>
                    <ul class="ticks">{buttons.collect_view()}</ul>
                </div>
            }
        })
    })
    .into_any()
}
