// How a worker starts: with the page's own script and module. See module.rs, which fills in
// the names in capitals.
import init from "./SCRIPT";

const TYPE = "application/wasm";
const module = fetch(new URL("./MODULE", import.meta.url)).then((answer) =>
  // A host that does not know WebAssembly sends it as another type.
  answer.headers.get("content-type") === TYPE
    ? answer
    : new Response(answer.body, { headers: { "content-type": TYPE } }),
);
init({ module_or_path: module });
