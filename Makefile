# The verbs. Continuous integration runs the same ones.
SETUP := tests/servers/setup

.PHONY: demo test check bench clean

# The four jobs against the sample company: browse, import, sign in, activate.
demo:
	$(SETUP)/packages.sh demo
	cargo build --package insync-sandbox --package insync-connector --package journeys --bins
	$(SETUP)/keyring-session.sh target/debug/insync-demo

# Every test, real servers included.
test:
	$(SETUP)/packages.sh test
	cargo build --workspace --bins
	$(SETUP)/run-tests.sh

# Formatting, lints, house rules.
check:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- --deny warnings
	cargo test --quiet --package tidy
	$(SETUP)/licences.sh

# The benchmark table, with other people's programs measured in the same run.
bench:
	$(SETUP)/packages.sh test
	cargo build --release --package insync-sandbox --package insync-connector --bins
	cargo run --release --package insync-bench -- --million

# Everything that was built, and the servers that tests keep under it.
clean:
	cargo clean
