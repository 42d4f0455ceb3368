// Starts the worker beside the page: app/worker.
importScripts("./odds.js");
wasm_bindgen({ module_or_path: "./odds_bg.wasm" });
