# GNU make, no configure. `make help` lists the targets.
#
#   CC, CFLAGS, LDFLAGS, PREFIX, LIBDIR, DESTDIR   as usual
#   HARDEN=    without what makes an attack harder; SECURITY.md lists it
#   SAN=1      with the address and undefined-behaviour sanitizers
#   TSAN=1     with the thread sanitizer
#   STRICT=1   warnings are errors (always so in `make check`)
#   STATIC=    link the program against shared libraries; only for systems
#              without the static ones, as it starts much more slowly
#
# Each combination builds in a folder of its own, so objects never mix.
comma := ,
VERSION := $(shell sed -n \
	's/^.define STEMMA_VERSION "\(.*\)"/\1/p' include/stemma/base.h)
SONAME := libstemma.so.$(firstword $(subst ., ,$(VERSION)))
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
MANDIR ?= $(PREFIX)/share/man
CFLAGS ?= -O2 -g
STATIC ?= 1
BUILD ?= build/$(notdir $(firstword $(CC)))$(if $(TSAN),-tsan,$(if $(SAN),-san))$(if $(STRICT),-strict)$(if $(FUZZ),-fuzz)
AGAIN = $(MAKE) -s --no-print-directory

MACHINE := $(shell $(CC) -dumpmachine 2>/dev/null)
HARDEN ?= -fstack-protector-strong -fstack-clash-protection \
	$(if $(filter x86_64% i%86%,$(MACHINE)),-fcf-protection) \
	$(if $(and $(filter -O1 -O2 -O3 -Os,$(CFLAGS)),$(if $(findstring \
	_FORTIFY_SOURCE,$(CPPFLAGS) $(CFLAGS)),,yes)),-D_FORTIFY_SOURCE=2)
HARDEN_LD = $(if $(HARDEN),-Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now$(comma)-z$(comma)noexecstack)

SAN := $(if $(TSAN),1,$(SAN))
SANITIZE := $(if $(TSAN),thread,address$(comma)undefined)$(if $(FUZZ),$(comma)fuzzer-no-link)
ALL_CFLAGS := -std=c17 -D_GNU_SOURCE -Iinclude -Isrc -MMD -MP \
	-fPIC -fvisibility=hidden -fno-semantic-interposition \
	-Wall -Wextra -Wshadow -Wconversion -Wvla -Wstrict-prototypes \
	-Wmissing-prototypes $(if $(STRICT),-Werror) \
	$(if $(SAN),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer,$(HARDEN)) $(CPPFLAGS) $(CFLAGS)
LIBS := -lutf8proc -lcrypto -lgit2 -ldeflate -lsqlite3
# libgit2's archive without its network, SQLite's without mathematics: what they
# ask of other libraries are stubs. Sanitizers themselves need libm.
OFFLINE := $(if $(STATIC),$(patsubst %.c,$(BUILD)/%.o,\
	$(wildcard src/store/offline/*.c $(if $(SAN),,src/index/unused/*.c))))
CLI_LIBS := $(if $(STATIC),-Wl$(comma)-Bstatic -ljson-c -Wl$(comma)-Bdynamic,-ljson-c)
EXE_LIBS = $(if $(STATIC),$(OFFLINE) -Wl$(comma)-Bstatic $(LIBS) \
	-lhttp_parser -lmbedcrypto -lz -Wl$(comma)-Bdynamic \
	$(if $(SAN),-lm),$(LIBS))

LIB_SRC := $(filter-out src/cli/%,$(wildcard src/*/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/cli/*.c))
TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/test_*.c))
BENCHES := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench_*.c))
FUZZERS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz_*.c))
# Fuzz targets that are given texts of pieces as well.
PIECES := $(addprefix $(BUILD)/tests/pieces_,\
	collate compare critic reuse segment text trace)
# Tests that tell how often an answer is right.
SCORED := $(addprefix $(BUILD)/tests/test_,\
	kinds_articles weights_fixture trace_history)
SUITES := $(wildcard tests/run-fixtures tests/run-cli)
CHECKS := $(wildcard tests/check-*)
HEADERS := $(wildcard include/*.h include/*/*.h)
A := $(BUILD)/libstemma.a
SO := $(BUILD)/libstemma.so.$(VERSION)

all: $(BUILD)/stemma $(SO)

help:
	@sed -n 's/^#: \(.*\)/\1/p' Makefile

#: demo         build, then compare two versions of an article
demo:
	@tools/deps build
	+@$(AGAIN) all
	@$(BUILD)/stemma compare docs/demo/old.txt docs/demo/new.txt || [ $$? = 1 ]

#: check        everything that can be proved in a few minutes
check:
	@tools/deps check
	+@$(AGAIN) STRICT=1 check-run
check-run: all $(TESTS) $(PIECES)
	@$(RUN) $(SUITES) $(TESTS) $(PIECES) $(CHECKS)

#: test, unit   the tests alone, or only the unit tests; no set-up
test: all $(TESTS) $(PIECES)
	@$(RUN) $(SUITES) $(TESTS) $(PIECES)
unit: $(TESTS) $(PIECES)
	@$(RUN) $(TESTS) $(PIECES)
RUN = BUILD=$(BUILD) CC="$(CC)" SAN=$(SAN) tests/run

#: all, deps    the program and libraries; what has to be installed for them
deps:
	@tools/deps build

#: bench        start-up; time and memory beside git and others (ROWS="1mb small"
#:              …); the index of a large archive (STORIES=10000)
bench: $(BENCHES) all
	@tools/deps bench
	@BUILD=$(BUILD) tests/bench-start
	@BUILD=$(BUILD) tests/bench $(ROWS)
	@BUILD=$(BUILD) tests/bench-index $(STORIES)
	@BUILD=$(BUILD) tests/bench-trace
	@BUILD=$(BUILD) tests/bench-complete
	@BUILD=$(BUILD) tests/bench-structure
	@BUILD=$(BUILD) tests/bench-batch
bench-deps:
	@tools/deps peers

#: bench-report docs/benchmarks.md and its plots, measured here in 40 minutes
#:              (REPORT=--long: in hours, of more rounds)
bench-report: $(BENCHES) all
	@tools/deps bench report
	@BUILD=$(BUILD) tools/bench-report $(REPORT)

#: browser      the pages of HTML in headless Chromium; browser-bench times them,
#:              screenshots takes the pictures of docs/pages.md
browser: all
	@tools/deps browser
	@$(RUN) tests/check-browser
browser-bench: all
	@tools/deps browser
	@STEMMA=$(BUILD)/stemma node tests/browser/bench.mjs
screenshots: all
	@tools/deps browser
	@STEMMA=$(BUILD)/stemma node tools/screenshots.mjs

#: tsan         races between threads: stemma batch under the thread sanitizer
tsan:
	+@$(AGAIN) TSAN=1 tsan-run
tsan-run: $(BUILD)/stemma
	@STEMMA=$(BUILD)/stemma tests/run-cli batch

#: torture      kill what writes to archives at random moments (CYCLES=1000, SEED=1)
CYCLES ?= 1000
torture: all
	@BUILD=$(BUILD) tests/torture $(CYCLES)

#: stress       16 processes on one story and 16 on others (STRESS_SECONDS=600)
STRESS_SECONDS ?= 600
stress: all
	@BUILD=$(BUILD) tests/stress $(STRESS_SECONDS)

#: sbom         what is linked into the program, as SPDX: build/…/stemma.spdx.json
sbom: all
	@tools/sbom $(BUILD)/stemma >$(BUILD)/stemma.spdx.json
	@echo $(BUILD)/stemma.spdx.json

#: score        how often answers are right, where the truth is known
score: all $(SCORED)
	@BUILD=$(BUILD) tests/score

#: analyze      clang-tidy, scan-build, cppcheck and gcc -fanalyzer find nothing
analyze:
	@tools/deps analyze
	@tools/analyze

#: scale-test   batch under GNU parallel on three hosts and under Slurm (root)
scale-test: all
	@tools/deps scale
	@STEMMA=$(BUILD)/stemma tests/scale

#: attack       look for texts that cost too much (ATTACK_SECONDS=300)
ATTACK_SECONDS ?= 300
attack: all
	@STEMMA=$(BUILD)/stemma tests/attack --seconds=$(ATTACK_SECONDS)

#: fuzz, fuzz-long   a minute, an hour of libFuzzer for each target
FUZZ_SECONDS ?= 60
fuzz:
	@tools/deps fuzz
	+@$(AGAIN) CC=clang SAN=1 FUZZ=1 fuzz-run
fuzz-run: $(FUZZERS)
	@tests/fuzz $(FUZZ_SECONDS) $(FUZZERS)
fuzz-long:
	+@$(AGAIN) FUZZ_SECONDS=3600 fuzz

# What `stemma completion` prints, as C strings.
COMPLETIONS := stemma.bash _stemma stemma.fish
$(BUILD)/completions.h: $(COMPLETIONS:%=completions/%) Makefile
	@mkdir -p $(@D)
	for f in $(COMPLETIONS); do \
		echo "static const char $$(echo "$${f#_}" | tr . _)[] ="; \
		sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' completions/$$f; echo ';'; \
	done >$@
$(BUILD)/src/cli/completion.o: $(BUILD)/completions.h
$(BUILD)/src/cli/completion.o: ALL_CFLAGS += -I$(BUILD)

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(A): $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(SO): $(LIB_OBJ)
	$(CC) $(ALL_CFLAGS) $(HARDEN_LD) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) \
		$(if $(SAN),,-Wl$(comma)-z$(comma)defs) -o $@ $^ $(LIBS)
	@ln -sf $(@F) $(BUILD)/$(SONAME)
	@ln -sf $(SONAME) $(BUILD)/libstemma.so

$(BUILD)/stemma: $(CLI_OBJ) $(A) $(OFFLINE)
	$(CC) $(ALL_CFLAGS) -pie $(HARDEN_LD) $(LDFLAGS) -Wl,-Map=$@.map \
		-o $@ $(CLI_OBJ) $(A) $(CLI_LIBS) \
		$(EXE_LIBS)

# The program, but it tells when libgit2 or SQLite is started.
$(BUILD)/tests/watched: tests/watched.c $(CLI_OBJ) $(A) $(OFFLINE)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -Wl,--wrap=git_libgit2_init \
		-Wl,--wrap=sqlite3_open_v2 -o $@ $< $(CLI_OBJ) $(A) $(CLI_LIBS) \
		$(EXE_LIBS)

# What completes words is no part of the library.
COMPLETE_TESTS := $(filter $(BUILD)/tests/test_complete% %/fuzz_complete,\
	$(TESTS) $(FUZZERS))
$(COMPLETE_TESTS): PARTS = $(COMPLETE_OBJ)
COMPLETE_OBJ := $(patsubst %,$(BUILD)/src/cli/%.o,candidates complete \
	complete_print complete_values shell_line)
$(COMPLETE_TESTS): $(COMPLETE_OBJ)

# Nor is what counts which paragraphs passed each other.
$(BUILD)/tests/test_crossed: PARTS = $(BUILD)/src/cli/crossed.o
$(BUILD)/tests/test_crossed: $(BUILD)/src/cli/crossed.o

# Nor is what reads pages and lines of JSON.
$(BUILD)/tests/fuzz_page $(BUILD)/tests/fuzz_ndjson: EXE_LIBS := $(CLI_LIBS) $(EXE_LIBS)
$(BUILD)/tests/fuzz_page: PARTS = $(BUILD)/src/cli/page_data.o
$(BUILD)/tests/fuzz_page: $(BUILD)/src/cli/page_data.o
LINE_OBJ := $(patsubst %,$(BUILD)/src/cli/%.o,record request line input guard \
	track_names trouble)
$(BUILD)/tests/fuzz_ndjson: PARTS = $(LINE_OBJ)
$(BUILD)/tests/fuzz_ndjson: $(LINE_OBJ)

# Nor are the threads that answer such lines.
BATCH_OBJ := $(patsubst %,$(BUILD)/src/cli/%.o,batch_pool answer request line \
	feed output pager replace temporary trouble guard)
$(BUILD)/tests/fuzz_batch: PARTS = $(BATCH_OBJ)
$(BUILD)/tests/fuzz_batch: $(BATCH_OBJ)

$(BUILD)/tests/fuzz_%: tests/fuzz_%.c $(A) $(OFFLINE)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $< $(PARTS) \
		$(A) $(EXE_LIBS)

$(BUILD)/tests/pieces_%: $(BUILD)/tests/pieces.o $(BUILD)/tests/fuzz_%.o \
		$(A) $(OFFLINE)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(filter $(BUILD)/tests/%,$^) \
		$(A) $(EXE_LIBS)

$(BUILD)/tests/%: tests/%.c $(A) $(OFFLINE)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(PARTS) $(A) \
		$(if $(filter test_%,$(@F)),-lcmocka) $(EXE_LIBS)

#: install, uninstall   under DESTDIR and PREFIX (/usr/local)
INSTALL = install
install: all
	@tools/folders note $(FOLDERS)
	$(INSTALL) -D -m 755 $(BUILD)/stemma $(DESTDIR)$(PREFIX)/bin/stemma
	ln -sf stemma $(DESTDIR)$(PREFIX)/bin/git-stemma
	$(INSTALL) -D -m 644 $(A) $(DESTDIR)$(LIBDIR)/libstemma.a
	$(INSTALL) -D -m 644 $(SO) $(DESTDIR)$(LIBDIR)/$(notdir $(SO))
	ln -sf $(notdir $(SO)) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libstemma.so
	@install -d $(DESTDIR)$(LIBDIR)/pkgconfig
	sed 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@VERSION@|$(VERSION)|' \
		stemma.pc.in >$(DESTDIR)$(LIBDIR)/pkgconfig/stemma.pc
	for f in $(HEADERS:include/%=%); do \
		$(INSTALL) -D -m 644 include/$$f $(DESTDIR)$(PREFIX)/include/$$f || exit; done
	tools/manual-pages $(DESTDIR)$(MANDIR)
	for f in $(SHELL_FILES); do $(INSTALL) -D -m 644 completions/$${f%%:*} \
		$(DESTDIR)$(PREFIX)/share/$${f#*:} || exit; done

# Where shells look. git asks bash for git-stemma, zsh finds _git-stemma.
SHELL_FILES := stemma.bash:bash-completion/completions/stemma \
	stemma.bash:bash-completion/completions/git-stemma \
	_stemma:zsh/site-functions/_stemma _stemma:zsh/site-functions/_git-stemma \
	stemma.fish:fish/vendor_completions.d/stemma.fish \
	git-stemma.fish:fish/vendor_conf.d/git-stemma.fish

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/stemma \
		$(DESTDIR)$(PREFIX)/bin/git-stemma \
		$(DESTDIR)$(LIBDIR)/libstemma.a \
		$(DESTDIR)$(LIBDIR)/libstemma.so $(DESTDIR)$(LIBDIR)/$(SONAME) \
		$(DESTDIR)$(LIBDIR)/$(notdir $(SO)) \
		$(DESTDIR)$(LIBDIR)/pkgconfig/stemma.pc \
		$(HEADERS:%=$(DESTDIR)$(PREFIX)/%)
	tools/manual-pages --list | (cd $(DESTDIR)$(MANDIR) && xargs rm -f)
	for f in $(SHELL_FILES); do rm -f $(DESTDIR)$(PREFIX)/share/$${f#*:}; done
	@tools/folders remove $(FOLDERS)

# Folders that are made, which uninstall removes if nothing else is in them.
FOLDERS = "$(DESTDIR)" "$(PREFIX)/share/stemma" "$(PREFIX)/bin" \
	"$(LIBDIR)/pkgconfig" "$(PREFIX)/include/stemma" \
	$(foreach n,1 3 5 7,"$(MANDIR)/man$n") $(foreach f,$(SHELL_FILES),\
	"$(PREFIX)/share/$(dir $(lastword $(subst :, ,$f)))")

#: deb          the Debian packages, into build/deb; deb-check tries them out
deb:
	@tools/deps deb
	@tools/deb build/deb
deb-check: deb
	@tests/deb build/deb

#: format, clean        rewrite the C files as .clang-format says; remove build/
format:
	clang-format -i $$(tests/check-format --list)
clean:
	rm -rf build

.PHONY: all help demo browser browser-bench screenshots check check-run test unit tsan tsan-run deps bench \
	bench-deps \
	bench-report stress sbom score analyze \
	torture fuzz fuzz-run fuzz-long scale-test attack install uninstall deb \
	deb-check format clean
.DELETE_ON_ERROR:
-include $(LIB_OBJ:.o=.d) $(OFFLINE:.o=.d) $(CLI_OBJ:.o=.d) $(TESTS:=.d) $(BUILD)/tests/pieces.d $(BENCHES:=.d) \
	$(FUZZERS:=.d)
