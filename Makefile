# make demo     the main job on the sample workspace, without mailing anybody
# make test     every test
# make torture  kills, full disks, overlapping runs and random workspaces by the thousand; takes hours
# make bench    every ratio side by side with what it is measured by; BENCH="injection idle" picks, ROUNDS=5
# make install  the command, its manual pages and completions into $(PREFIX)
# make deb      a Debian package; make deb-test also installs it in a Debian of its own (root, network)
# make docs     the pages that are made from the program's tables
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
CONFIG ?= release
PREFIX ?= /usr/local
BUILD := .build/$(CONFIG)
# The command as it is installed, packed and measured: with Swift's libraries in the file.
PROGRAM := $(BUILD)/linked/stoke
# For `stoke --version`; see Docs/decisions/0044.
export STOKE_COMMIT := $(shell .ci/commit)
# Tests look inside targets, so one build serves the command and its tests.
FLAGS := -c $(CONFIG) $(if $(filter release,$(CONFIG)),-Xswiftc -enable-testing)
# GLib's pkg-config file has flags that SwiftPM leaves out and says so each time; nothing is wrong.
QUIETLY := 2> >(grep -v 'prohibited flag' >&2 || true)

LIBRARIES := libcurl4-openssl-dev libsqlite3-dev libyaml-dev libgmime-3.0-dev libcmark-dev libpsl-dev libssl-dev
TOOLS := make git pkg-config
# Real servers and oracles for the tests.
TEST_TOOLS := postfix dovecot-imapd dovecot-submissiond dovecot-sieve openssl python3 python3-jsonschema python3-yaml sqlite3 zsh fish \
	groff man-db strace dpkg-dev tmux chromium python3-icalendar fonts-noto-cjk fonts-noto-color-emoji
BREW := curl sqlite libyaml gmime cmark libpsl openssl@3 pkg-config

.PHONY: all build program deps deps-test demo test torture bench lint install deb deb-test docs clean

all: build

deps:
	@.ci/deps $(LIBRARIES) $(TOOLS) -- $(BREW)

deps-test: deps
	@.ci/deps $(TEST_TOOLS) -- postfix dovecot

build: deps
	swift build $(FLAGS) --product stoke $(QUIETLY)

program: build
	@mkdir -p $(dir $(PROGRAM))
	@.ci/link $(BUILD) $(PROGRAM)

demo: build
	@Docs/demo.sh $(BUILD)/stoke

test: deps-test
	swift build $(FLAGS) --build-tests $(QUIETLY)
	swift test $(FLAGS) --skip-build --disable-xctest $(QUIETLY)

torture: export STOKE_TORTURE = full
torture: deps-test
	swift build $(FLAGS) --build-tests $(QUIETLY)
	swift test $(FLAGS) --skip-build --disable-xctest --filter 'DeliveryTests|PlanningTests' $(QUIETLY)

# Alone on the machine; large ledgers go to $(TMPDIR). The programs to compare with are Postfix's smtp-source and smtp-sink.
bench: export STOKE := $(abspath $(PROGRAM))
bench: program
	Benchmarks/run.py $(BENCH)

lint:
	swift format lint --strict --recursive Sources Tests Package.swift Benchmarks/Sources Benchmarks/Package.swift

install: program
	.ci/install $(PROGRAM) "$(DESTDIR)$(PREFIX)"

deb: program
	@.ci/deb $(PROGRAM)

deb-test: deb
	@.ci/deps debootstrap --
	.ci/deb-try .build/stoke_*.deb root

docs: build
	$(BUILD)/stoke pages findings >Docs/findings.md

clean:
	rm -rf .build
