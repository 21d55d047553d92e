# The verbs. Continuous integration runs the same ones.
SETUP := tests/servers/setup
# Where there is a display, the demo opens the window.
DISPLAYED := $(or $(DISPLAY),$(WAYLAND_DISPLAY))
DEMO := insync-sandbox insync-connector journeys
# One build for all packages: apart from one another they would share fewer of their libraries.
BUILD = cargo build --bins $(addprefix --package ,$(1))
PAGE := ui/dist/index.html
MODULES := ui/node_modules/.package-lock.json

INSTALLERS := target/installers
# The same of programs that were built for tests: sooner made, and larger.
TRIED := target/installers-for-tests
WINDOWS := target/windows/build/x86_64-pc-windows-gnu

.PHONY: demo test dev check audit bench fuzz dist clean

# The four jobs against the sample company: browse, import, sign in, activate. Then the window on that same state.
demo: $(if $(DISPLAYED),$(PAGE))
	$(SETUP)/packages.sh $(if $(DISPLAYED),window,demo)
	$(call BUILD,$(DEMO) $(if $(DISPLAYED),insync-connector-desktop))
	KEEP_DISPLAY=1 $(SETUP)/keyring-session.sh target/debug/insync-demo

# Every test, real servers, the real window and the installers included.
test:
	$(SETUP)/packages.sh test & $(MAKE) --no-print-directory page || failed=1; wait $$! && exit $${failed:-0}
	cargo build --workspace --all-targets
	rm -rf $(TRIED)
	QUICKLY=1 installer/linux/build.sh target/debug $(TRIED)
	INSTALLERS=$(TRIED) $(SETUP)/run-tests.sh

# The window against the sample company, with a page that follows its sources as they change.
dev: $(MODULES)
	$(SETUP)/packages.sh window
	$(call BUILD,$(DEMO) insync-connector-desktop) --no-default-features
	KEEP_DISPLAY=1 $(SETUP)/keyring-session.sh target/debug/insync-demo --dev

# Formatting, lints, types, house rules; sources and licences of libraries among them.
check: $(PAGE)
	$(SETUP)/packages.sh window
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- --deny warnings
	cargo test --quiet --package tidy
	cargo test --quiet --workspace --lib contract
	cd ui && npm run --silent format:check && npm run --silent lint && npm run --silent types

# Advisories about the libraries that we use, from databases in the network.
audit:
	$(SETUP)/audit.sh

# The benchmark table, with other people's programs measured in the same run.
bench: $(PAGE)
	$(SETUP)/packages.sh test
	cargo build --release --package insync-sandbox --package insync-connector --package insync-connector-desktop --package desktop --bins
	cargo run --release --package insync-bench -- --million
	target/release/insync-window-bench

# Hostile bytes at every door, a minute each; what was found before is replayed by `make test`.
fuzz:
	tests/fuzz/run.sh

# What administrators install: a setup for Windows (also signed, by a key for tests) and packages for Debian, with their sums, and
# the signed offer of them as an update.
dist: $(PAGE)
	$(SETUP)/packages.sh dist
	export INSYNC_UPDATE_KEY="$$(installer/update-key.sh)" && \
	cargo build --profile dist --package insync-connector --package insync-connector-desktop && \
	rm -rf $(INSTALLERS) && \
	installer/linux/build.sh target/dist $(INSTALLERS) && \
	installer/windows/compile.sh && \
	installer/windows/build.sh $(WINDOWS)/dist $(INSTALLERS)
	installer/manifest.sh $(INSTALLERS)
	cd $(INSTALLERS) && sha256sum -- *.exe *.deb >SHA256SUMS && ls -l --human-readable --size

# The desktop program, with its page inside.
.PHONY: window
window: $(PAGE)
	$(SETUP)/packages.sh window
	cargo build --package insync-connector-desktop

.PHONY: page
page: $(PAGE) ui/dist-contract/contract.js

$(PAGE): $(MODULES) ui/index.html ui/vite.config.ts $(shell find ui/src -type f)
	cd ui && npm run --silent build

ui/dist-contract/contract.js: $(PAGE)
	cd ui && npm run --silent build:contract

$(MODULES): ui/package.json ui/package-lock.json
	cd ui && npm ci --no-audit --no-fund --loglevel=error

# Everything that was built, and the servers that tests keep under it.
clean:
	cargo clean
	rm -rf ui/dist ui/dist-* ui/node_modules
