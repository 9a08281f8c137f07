# `make help` lists the targets.

SHELL := bash
SWIFT_FLAGS := --explicit-target-dependency-import-check error

# Long computations and tests that wait for sockets share the threads: with hundreds of them at once, those
# that wait are not called for many seconds.
TEST_FLAGS := --experimental-maximum-parallelization-width 8

# What `make run` starts openmmt with.
ARGS ?= --sandbox

.PHONY: help demo run build test bench tsan format lint clean

help: ## List the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/\1\t\2/p' Makefile | expand -t 10

demo: ## See it at work: a real Prometheus, both roles, and a stand-in for Cortex, for half a minute
	@Scripts/install-dependencies
	@Scripts/demo

run: build ## Build and run openmmt in the foreground; options in ARGS, else --sandbox
	.build/release/openmmt $(ARGS)

build: ## Build the release executable, .build/release/openmmt
	@Scripts/install-dependencies build
	swift build $(SWIFT_FLAGS) -c release --product openmmt

test: ## Run all tests
	@Scripts/install-dependencies
	@Scripts/python-environment
	@Scripts/test $(SWIFT_FLAGS) $(TEST_FLAGS)

bench: build ## Measure the proxy, beside the cost of the codec alone; cases in CASES, else all
	@Scripts/install-dependencies bench
	swift build $(SWIFT_FLAGS) -c release --product Benchmarks
	@Scripts/bench $(CASES)

tsan: ## Run the tests of the actors under the thread sanitizer
	@Scripts/install-dependencies build
	TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/tsan.suppressions \
	  swift test $(SWIFT_FLAGS) --sanitize=thread --filter ActorsTests --scratch-path .build/tsan

format: ## Format the sources
	swift format --in-place -r Sources Tests Package.swift

lint: ## Check the format of the sources
	swift format lint --strict -r Sources Tests Package.swift

clean: ## Remove everything that was built
	rm -rf .build
