# Everything a newcomer needs: `make run` and `make test`. Each target installs what it misses and says so.

SHELL := /bin/sh
.SUFFIXES:
.PHONY: help run run-broker build test lint format docs fuzz bench dist dist-check image-check clean

# A target may import only what Package.swift says it depends on.
CHECKED := --explicit-target-dependency-import-check error
# No rpath: a library beside the binary must never be loaded in place of the system's.
RELEASE := --disable-local-rpath -c release --static-swift-stdlib --product inject $(CHECKED)
# C++'s run-time libraries go in as well: to relocate them is a fifth of the time the program takes to start. A folder
# that is searched first names the archive where the compiler asks for the library; gold cannot read such a file.
LINK := -Xswiftc -use-ld=lld -Xswiftc "-L$(CURDIR)/.build/static" -Xswiftc -Xclang-linker -Xswiftc -static-libgcc
# The same program from every folder: C macros name the file they stand in. What Swift and the linker hash, paths among it, goes.
SAME := -Xcc "-ffile-prefix-map=$(CURDIR)=." -Xswiftc -file-prefix-map -Xswiftc "$(CURDIR)=."

help: ## show the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

run: build ## build, and run the main job on the example in workflows-examples/shop
	@.ci/setup run
	@.ci/demo

run-broker: ## start a broker, run a job through it, and show its audit log
	@.ci/setup broker
	@.ci/run-broker

build: ## build the program, static and stripped, as .build/bin/inject
	@.ci/setup build
	@mkdir -p .build/static
	@echo 'INPUT(-l:libstdc++.a)' >.build/static/libstdc++.so
	@swift build $(RELEASE) $(SAME) $(LINK)
	@mkdir -p .build/bin
	@strip -R .swift_modhash -R .note.gnu.build-id -o .build/bin/inject "$$(swift build $(RELEASE) --show-bin-path)/inject"
	@printf 'built .build/bin/inject, %s bytes\n' "$$(stat -c %s .build/bin/inject)"

test: ## install what the tests need and run them
	@.ci/setup test
	@.ci/test

lint: ## check format, scripts and forbidden words
	@.ci/setup lint
	@.ci/lint

format: ## format the sources
	@swift format -i --recursive Sources Tests Benchmarks Package.swift

docs: ## render the guide into .build/docs
	@.ci/docs

fuzz: ## fuzz the parsers and the masker, SECONDS=60 each
	@.ci/setup build
	@.ci/fuzz $(or $(SECONDS),60)

bench: ## measure start-up, the main job, masking, scanning, the analysis of policies, the broker
	@.ci/setup bench
	@$(MAKE) --no-print-directory build
	@Benchmarks/startup
	@Benchmarks/aws
	@Benchmarks/micro
	@Benchmarks/policy
	@Benchmarks/mask
	@Benchmarks/scan
	@Benchmarks/lint
	@Benchmarks/broker

dist: ## make what a release consists of, in .build/dist
	@.ci/setup dist
	@$(MAKE) --no-print-directory build
	@.ci/dist

dist-check: dist ## build the release twice and compare, install it in a bare Debian, run it and remove it
	@.ci/setup dist-check
	@.ci/dist-reproducible
	@.ci/dist-debian

image-check: ## build the broker's image, run jobs through the Compose file, and `inject compose`, with a Docker engine
	@.ci/setup image-check
	@.ci/image

clean: ## remove what was built
	@rm -rf .build .venv
