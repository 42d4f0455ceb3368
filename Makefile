# `make` alone lists the targets.

PORT ?= 8080
RUNS ?= 10000000
# What `make reliability` measures anew; of the others it keeps what was printed last.
PARTS ?= fuzz mutants soak supply reproducible

# Colours on a terminal alone; what is already set wins.
export CARGO_TERM_COLOR ?= $(if $(MAKE_TERMOUT),auto,never)

NATIVE := -p compute-loop-core -p compute-loop-ship -p compute-loop-tests
BENCH := -p compute-loop-bench
# A workspace of its own: see tests/fuzz/Cargo.toml.
FUZZ := --manifest-path tests/fuzz/Cargo.toml
TARGET = $${CARGO_TARGET_DIR:-target}
# Joined to those of .cargo/config.toml.
FLAGS = CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$$(.tools/setup flags)"
# Trunk takes NO_COLOR=1 for a mistake, so it gets its own option instead.
TRUNK = env -u NO_COLOR $(FLAGS) PATH="$$(.tools/setup path):$$PATH" \
	trunk $(if $(MAKE_TERMOUT),,--color never )--skip-version-check
SAY := @printf '\n==> %s\n'

.PHONY: help serve build single test thorough fuzz lint fmt messages screenshots bench lighthouse odds-check mutants supply reproducible soak reliability clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

serve: ## Build the page and serve it on 127.0.0.1 (PORT=8080)
	@.tools/setup serve
	@$(MAKE) --no-print-directory build
	@.tools/serve dist $(PORT)

build: ## Build the page into dist/
	@.tools/setup build
	$(SAY) 'Building the page into dist/ (about two minutes at first, then one)'
	@$(TRUNK) build --release --locked

single: ## Make one HTML file of the page, which opens from disk
	@$(MAKE) --no-print-directory build
	$(SAY) 'Making target/single/compute-loop.html'
	@PATH="$$(.tools/setup path):$$PATH" cargo run --locked --quiet -p compute-loop-ship -- single

test: ## Check and test everything, in three browsers too (cold: about an hour)
	@.tools/setup test
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory build
	$(SAY) 'Testing the models, the documentation and the page in three browsers (about fifteen minutes)'
	@cargo test --locked $(NATIVE)
	@$(MAKE) --no-print-directory fuzz RUNS=20000

thorough: export THOROUGH = 1
thorough: ## The tests again, with every size, state and case that `make test` only samples
	@.tools/setup test
	@$(MAKE) --no-print-directory build
	$(SAY) 'Testing the models and the page with everything (about three quarters of an hour)'
	@cargo test --locked $(NATIVE)
	@$(MAKE) --no-print-directory fuzz RUNS=100000

fuzz: ## Try odd links, files, messages and numbers (RUNS=10000000 of each)
	@.tools/setup fuzz
	$(SAY) 'Trying $(RUNS) odd links, files, messages and numbers each (building: about two minutes)'
	@PATH="$$(.tools/setup path):$$PATH" .tools/fuzz $(RUNS)

lint: ## Check formatting and clippy's lints, natively and for the browser
	@.tools/setup lint
	$(SAY) 'Checking the formatting (seconds)'
	@cargo fmt --check -- --color $(CARGO_TERM_COLOR)
	@cargo fmt $(FUZZ) --check -- --color $(CARGO_TERM_COLOR)
	$(SAY) 'Clippy for the models and the tests (about two minutes at first)'
	@cargo clippy --locked $(NATIVE) $(BENCH) --all-targets -- -D warnings
	@cargo clippy --locked $(FUZZ) --target-dir $(TARGET) -- -D warnings
	$(SAY) 'Clippy for the page (about four minutes at first)'
	@$(FLAGS) cargo clippy --release --locked -p compute-loop -p compute-loop-page -p compute-loop-worker --target wasm32-unknown-unknown -- -D warnings

odds-check: ## Compare the odds with a million draws of another calculation (minutes)
	@cargo test --locked -p compute-loop-tests --test suite spread -- --ignored --nocapture --test-threads=1

mutants: ## Change the models on purpose, place by place: does a test notice? (an hour)
	@.tools/setup mutants
	$(SAY) 'Changing the models, one place at a time (about an hour on two cores; broken off, it goes on later)'
	@PATH="$$(.tools/setup path):$$PATH" .tools/mutants $(TARGET)/mutants

fmt: ## Format the code
	@cargo fmt
	@cargo fmt $(FUZZ)

messages: ## Put message files in order: what is new is left empty, what is gone goes
	@UPDATE_MESSAGES=1 cargo check --locked -p compute-loop --no-default-features --features svg

screenshots: ## Photograph the page into target/screenshots/ (HASH=#... for one state)
	@.tools/setup test
	@$(MAKE) --no-print-directory build
	$(SAY) 'Photographing the page (about a minute)'
	@cargo run --locked --quiet -p compute-loop-tests --example screenshots -- '$(HASH)'

bench: ## Measure against NumPy, Squiggle, uPlot, ECharts; write BENCHMARKS.md
	@.tools/setup bench
	@$(MAKE) --no-print-directory build
	$(SAY) 'Building what is measured, natively and as WebAssembly (about two minutes at first)'
	@cargo build --locked --quiet --release $(BENCH) --bin compute-loop-bench
	@$(FLAGS) cargo build --locked --quiet --release $(BENCH) --lib --target wasm32-unknown-unknown
	@$(FLAGS) cargo build --locked --quiet --release -p compute-loop --features bench \
		--example redraw --target wasm32-unknown-unknown
	@export PATH="$$(.tools/setup path):$$PATH"; \
		for part in bench:compute_loop_bench redraw:examples/redraw; do \
		wasm-bindgen --target web --no-typescript --out-dir target/bench --out-name $${part%%:*} \
			$(TARGET)/wasm32-unknown-unknown/release/$${part#*:}.wasm \
		&& wasm-opt -O3 target/bench/$${part%%:*}_bg.wasm -o target/bench/$${part%%:*}_bg.wasm \
		|| exit 1; \
	done
	$(SAY) 'Measuring (about four minutes; anything else that runs disturbs it)'
	@PEERS="$$(.tools/setup peers)" ENGINE="$(TARGET)/release/compute-loop-bench" \
		cargo run --locked --quiet -p compute-loop-tests --example bench

lighthouse: ## Run Lighthouse over the built page; write LIGHTHOUSE.md
	@.tools/setup bench
	@$(MAKE) --no-print-directory build
	$(SAY) 'Running Lighthouse (about ten minutes; anything else that runs disturbs it)'
	@PEERS="$$(.tools/setup peers)" \
		cargo run --locked --quiet -p compute-loop-tests --example lighthouse

supply: ## Check licences, sources, advisories and versions of all dependencies
	@.tools/setup supply
	@PATH="$$(.tools/setup path):$$PATH" .tools/supply

reproducible: ## Build the last commit twice, elsewhere and from nothing: is it the same?
	@.tools/setup build
	$(SAY) 'Building the page twice from nothing (about a quarter of an hour)'
	@.tools/reproducible $(TARGET)/reproducible

soak: ## Use the page at random for 100,000 slider events (EVENTS=...); fail where it leaks
	@.tools/setup test
	@$(MAKE) --no-print-directory build
	$(SAY) 'Using the page (about a quarter of an hour)'
	@cargo run --locked --quiet -p compute-loop-tests --example soak

reliability: export THOROUGH = 1
reliability: ## Run what proves that the page survives; write RELIABILITY.md (hours)
	@$(MAKE) --no-print-directory build
	@mkdir -p target/reliability
	@for part in $(PARTS); do \
		$(MAKE) --no-print-directory $$part > target/reliability/$$part.part \
			|| printf 'figure: %s | ends | in failure\n' "$$part" >> target/reliability/$$part.part; \
		printf 'figure: %s | of commit | %s\n' "$$part" "$$(git describe --always --dirty)" \
			>> target/reliability/$$part.part; \
		mv target/reliability/$$part.part target/reliability/$$part.txt; \
	done
	$(SAY) 'Bringing about every fault (about four minutes)'
	@PATH="$$(.tools/setup path):$$PATH" cargo run --locked --quiet -p compute-loop-tests --example reliability

clean: ## Remove everything that was built here
	@cargo clean
	@rm -rf dist
