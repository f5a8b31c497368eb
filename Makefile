# GNU make. `make help` lists the targets; variables: SAN=1, CC=clang, STRICT=1,
# PREFIX, DESTDIR.
comma := ,
VERSION := $(shell sed -n 's/^\#define STEMMA_VERSION "\(.*\)"/\1/p' include/stemma/base.h)
PREFIX ?= /usr/local
CC ?= cc
CFLAGS ?= -O2 -g
BUILD ?= build/$(notdir $(CC))$(if $(SAN),-san)

ALL_CFLAGS := -std=c17 -D_GNU_SOURCE -Iinclude -fvisibility=hidden -MMD -MP -fPIC
ALL_CFLAGS += $(if $(STRICT),-Wall -Wextra -Wshadow -Wconversion -Wvla -Wstrict-prototypes -Werror)
ALL_CFLAGS += $(if $(SAN),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
ALL_CFLAGS += $(CFLAGS)

LIB_SRC := $(filter-out src/cli/%,$(wildcard src/*/*.c))
CLI_SRC := $(wildcard src/cli/*.c)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$(BUILD)/%.o)
TESTS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/test_*.c))
STATIC_LIBS := -Wl,-Bstatic -lutf8proc -lcrypto -Wl,-Bdynamic

all: $(BUILD)/stemma

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/libstemma.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/stemma: $(CLI_OBJ) $(BUILD)/libstemma.a
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(STATIC_LIBS)

$(BUILD)/tests/%: tests/%.c $(BUILD)/libstemma.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Isrc $(LDFLAGS) -o $@ $< $(BUILD)/libstemma.a -lcmocka $(STATIC_LIBS)

unit: $(TESTS)
	@set -e; for t in $(TESTS); do echo "== $$t"; $$t; done

clean:
	rm -rf build

.PHONY: all unit clean
-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(TESTS:=.d)
