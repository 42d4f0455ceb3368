//! What is handed to the browser and taken from it: files, and the system's own way to
//! share. Any of it may be refused; nothing here fails loudly.

use gloo::timers::callback::Timeout;
use gloo::utils::{document, window};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlCanvasElement, Url};

use crate::export::{File, mime};

/// How long a file that is being saved is kept. Browsers may ask the reader first.
const KEPT_MS: u32 = 60_000;

/// The day as `YYYY-MM-DD`.
pub(crate) fn day() -> String {
    let now = js_sys::Date::new_0();
    let (month, day) = (now.get_month() + 1, now.get_date());
    format!("{:04}-{month:02}-{day:02}", now.get_full_year())
}

/// The address of the page, without query and fragment.
pub(crate) fn page() -> String {
    let href = window().location().href().unwrap_or_default();
    href.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// Whether the page stands where other pages can ask for it.
pub(crate) fn is_hosted() -> bool {
    let protocol = window().location().protocol().unwrap_or_default();
    protocol.starts_with("http")
}

/// Whether a page around this one forbids files to be saved, as far as can be known: its
/// sandbox takes this page's origin, or says what it allows to whoever may look.
fn is_forbidden() -> bool {
    let window = window();
    let alone = window
        .parent()
        .ok()
        .flatten()
        .is_none_or(|parent| parent == window);
    if alone {
        return false;
    }
    let origin = Reflect::get(&window, &"origin".into());
    if origin.is_ok_and(|origin| origin == "null") {
        return true;
    }
    let frame = window.frame_element().ok().flatten();
    frame
        .and_then(|frame| frame.get_attribute("sandbox"))
        .is_some_and(|allowed| {
            !allowed
                .split_whitespace()
                .any(|word| word == "allow-downloads")
        })
}

/// Has the browser save a file. Returns whether it may.
pub(crate) fn save(file: &File) -> bool {
    !is_forbidden() && saved(file).is_ok()
}

fn saved(file: &File) -> Result<(), JsValue> {
    let bytes = Uint8Array::from(file.bytes.as_slice());
    let options = BlobPropertyBag::new();
    options.set_type(mime(&file.name));
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&bytes), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(&file.name);
    link.click();
    Timeout::new(KEPT_MS, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}

/// The bytes of a canvas as PNG; none where the browser gives none.
pub(crate) async fn png(canvas: &HtmlCanvasElement) -> Option<Vec<u8>> {
    let made = Promise::new(&mut |kept, refused| {
        let given = Closure::once_into_js(move |blob: JsValue| {
            let _ = kept.call1(&JsValue::UNDEFINED, &blob);
        });
        if canvas.to_blob(given.unchecked_ref()).is_err() {
            let _ = refused.call0(&JsValue::UNDEFINED);
        }
    });
    let blob = JsFuture::from(made).await.ok()?;
    bytes(blob.dyn_ref::<Blob>()?).await
}

/// The bytes of what a reader hands over; none where they cannot be read.
pub(crate) async fn bytes(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// The system's own way to share, where there is one.
fn sharing() -> Option<Function> {
    let share = Reflect::get(&window().navigator(), &"share".into()).ok()?;
    share.dyn_into().ok()
}

/// Whether the system has a way to share.
pub(crate) fn can_share() -> bool {
    sharing().is_some()
}

/// Shares an address by the system; calls back where that was refused. A reader who
/// changes their mind has not been refused.
pub(crate) fn share(title: &str, address: &str, refused: impl FnOnce() + 'static) {
    let Some(share) = sharing() else { return };
    let data = Object::new();
    for (name, text) in [("title", title), ("url", address)] {
        let _ = Reflect::set(&data, &name.into(), &text.into());
    }
    let promise = share.call1(&window().navigator(), &data);
    let promise = promise.and_then(JsCast::dyn_into::<Promise>);
    wasm_bindgen_futures::spawn_local(async move {
        let answer = match promise {
            Ok(promise) => JsFuture::from(promise).await.map(drop),
            Err(fault) => Err(fault),
        };
        if let Err(fault) = answer {
            let name = Reflect::get(&fault, &"name".into()).unwrap_or_default();
            if name != "AbortError" {
                refused();
            }
        }
    });
}
