# make test   everything that must hold, on a fresh Debian machine with Go
# make check  the quick part of it: generated code, format, vet and staticcheck
# make bench  what the README's table says, measured here

tool := go tool -modfile=tools.mod

.PHONY: test check bench machine generated format vet

# What starts no goroutine of its own has no races to look for.
test: machine check
	go test -count=1 ./domain/... ./projections/consistency/... ./cmd/koersvast/internal/demo
	go test -race -count=1 -parallel 6 -timeout 20m $$(go list ./... | grep -vE '/domain(/|$$)|/projections/consistency|/internal/demo$$')
	go run ./ops/bench -acts 10000 -rounds 1 -only append,warm,visible,cold,replay,private,wall

check: generated format vet

# What the tests need besides Go: a C compiler for SQLite, a browser for the pages.
machine:
	@command -v cc >/dev/null && { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null || \
	{ sudo=$$(command -v sudo || true); $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends gcc libc6-dev chromium; }

# The pages' Go code is what their templates say. The generator writes it with
# the time of no machine in it, so that it is the same everywhere.
generated:
	@$(tool) templ generate -path cmd/koersvast/internal/web >/dev/null 2>&1
	@git diff --exit-code --stat -- '*_templ.go' || { echo 'run: $(tool) templ generate -path cmd/koersvast/internal/web'; exit 1; }

format:
	@bad=$$(git ls-files '*.go' | grep -v _templ.go | xargs $(tool) gofumpt -l); \
	test -z "$$bad" || { echo "not formatted (gofumpt):"; echo "$$bad"; exit 1; }

vet:
	go vet ./...
	$(tool) staticcheck ./...

bench:
	go run ./ops/bench
