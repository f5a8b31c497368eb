/* SPDX-License-Identifier: MIT */
#include "packed_refs.h"
#include "verify.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEX = 40, TEXT = 256, DEEP = 64 };

static const struct stemma_view nobody = {NULL, 0};

/* What stands in a ref's file, as far as it matters; -1 and errno. */
static ssize_t
read_text(char text[TEXT], const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t size;

	if (fd < 0)
		return -1;
	size = TEMP_FAILURE_RETRY(read(fd, text, TEXT - 1));
	if (size >= 0)
		text[size] = '\0';
	close(fd);
	return size;
}

static bool
says_id(struct stemma_id *id, const char text[TEXT], ssize_t size)
{
	return size >= HEX && stemma_id_read(id, text) &&
	       (size == HEX || isspace((unsigned char)text[HEX]));
}

static bool
says_ref(const char text[TEXT], ssize_t size)
{
	return size > 0 && !strncmp(text, "ref:", 4);
}

static bool
is_story(const char *name)
{
	return !strncmp(name, STEMMA_STORY_REFS, strlen(STEMMA_STORY_REFS));
}

static bool
is_lock(const char *name)
{
	size_t size = strlen(name), part = strlen(".lock");

	return size > part && !strcmp(name + size - part, ".lock");
}

static bool
is_name(const char *name)
{
	int valid = 0;

	return git_reference_name_is_valid(&valid, name) == 0 && valid;
}

/* Where stories lead is looked at with them. */
static enum stemma_code
check_target(struct stemma_verifier *verifier, const char *name,
	const struct stemma_id *id)
{
	char hex[HEX + 1];
	git_oid oid;

	if (is_story(name))
		return STEMMA_OK;
	memcpy(oid.id, id->bytes, sizeof oid.id);
	if (git_odb_exists(verifier->store->odb, &oid))
		return STEMMA_OK;
	stemma_id_hex(hex, id);
	return stemma_fault_add(verifier, nobody, NULL,
		"the ref %s leads to object %s, which is missing", name, hex);
}

static enum stemma_code
check_file(struct stemma_verifier *verifier, const char *name, const char *path)
{
	char text[TEXT];
	ssize_t size = read_text(text, path);
	struct stemma_id id;

	/* git packs refs, and sync moves them, while we look. */
	if (size < 0 && errno == ENOENT)
		return STEMMA_OK;
	if (is_name(name) && says_id(&id, text, size))
		return check_target(verifier, name, &id);
	if (is_name(name) && says_ref(text, size) && !is_story(name))
		return STEMMA_OK;
	return stemma_fault_add(
		verifier, nobody, NULL, "the ref %s is damaged", name);
}

static DIR *
open_folder(const struct stemma_store *store, const char *name)
{
	char path[PATH_MAX];

	return stemma_path_below(path, store, name, "") ? opendir(path) : NULL;
}

static enum stemma_code check_folder(
	struct stemma_verifier *verifier, char name[PATH_MAX], unsigned depth);

/* A file of a ref that says nothing is of a story that is not listed at all. */
static enum stemma_code
check_entry(
	struct stemma_verifier *verifier, char name[PATH_MAX], unsigned depth)
{
	char path[PATH_MAX];
	struct stat own, status;

	if (!stemma_path_below(path, verifier->store, name, "") ||
		lstat(path, &own) != 0 || is_lock(name))
		return STEMMA_OK;
	if (S_ISDIR(own.st_mode) && !is_story(name))
		return check_folder(verifier, name, depth + 1);
	if (stat(path, &status) == 0 && S_ISREG(status.st_mode))
		return check_file(verifier, name, path);
	return stemma_fault_add(
		verifier, nobody, NULL, "the ref %s is damaged", name);
}

/* `name` has room for the names of what is in the folder, and comes back. */
static enum stemma_code
check_folder(
	struct stemma_verifier *verifier, char name[PATH_MAX], unsigned depth)
{
	DIR *folder = depth < DEEP ? open_folder(verifier->store, name) : NULL;
	enum stemma_code code = STEMMA_OK;
	size_t size = strlen(name);
	struct dirent *entry;

	if (!folder && depth < DEEP && errno == ENOENT)
		return STEMMA_OK;
	if (!folder)
		return stemma_fault_add(verifier, nobody, NULL,
			"the refs in %s cannot be read", name);
	while (code == STEMMA_OK && (entry = readdir(folder))) {
		if (!strcmp(entry->d_name, ".") ||
			!strcmp(entry->d_name, "..") ||
			size + strlen(entry->d_name) + 1 >= PATH_MAX)
			continue;
		snprintf(name + size, PATH_MAX - size, "/%s", entry->d_name);
		code = check_entry(verifier, name, depth);
		name[size] = '\0';
	}
	closedir(folder);
	return code;
}

/* The ref of a line of packed-refs; false if there is something else. */
static bool
parse_line(char name[TEXT * 4], struct stemma_id *id, struct stemma_view line)
{
	size_t size = line.size > HEX ? line.size - HEX - 1 : 0;

	if (!size || size >= (size_t)TEXT * 4 || line.bytes[HEX] != ' ' ||
		!stemma_id_read(id, line.bytes) ||
		memchr(line.bytes, '\0', line.size))
		return false;
	memcpy(name, line.bytes + HEX + 1, size);
	name[size] = '\0';
	return is_name(name);
}

/* What git and we read past: the title, and what the tag of the line before
   leads to. */
static bool
is_passed(const struct stemma_packed_refs *packed, size_t at, size_t end,
	bool has_ref)
{
	struct stemma_id id;

	if (packed->bytes[at] == '#')
		return at == 0;
	return packed->bytes[at] == '^' && has_ref && end - at == HEX + 1 &&
	       stemma_id_read(&id, packed->bytes + at + 1);
}

/* A ref that also has a file of its own may lead nowhere here. */
static enum stemma_code
check_packed_target(struct stemma_verifier *verifier, const char *name,
	const struct stemma_id *id)
{
	char path[PATH_MAX];
	struct stat status;

	return stemma_path_below(path, verifier->store, name, "") &&
			       lstat(path, &status) != 0
		       ? check_target(verifier, name, id)
		       : STEMMA_OK;
}

/* Up to the first line that is damaged: git reads none behind it either. */
static enum stemma_code
check_lines(struct stemma_verifier *verifier,
	const struct stemma_packed_refs *packed)
{
	struct stemma_view before = {NULL, 0}, now;
	char name[TEXT * 4];
	enum stemma_code code = STEMMA_OK;
	size_t at = 0, line = 0;

	while (at < packed->size && code == STEMMA_OK) {
		size_t next = stemma_packed_refs_next(packed, at);
		size_t end = next - (packed->bytes[next - 1] == '\n');
		struct stemma_id id;

		line++;
		now = stemma_packed_refs_name(packed, at);
		if (end == next ||
			(!is_passed(packed, at, end, before.size > 0) &&
				!parse_line(name, &id,
					(struct stemma_view){
						packed->bytes + at, end - at})))
			return stemma_fault_add(verifier, nobody, NULL,
				"line %zu of packed-refs is damaged", line);
		if (now.size && packed->sorted && before.size &&
			stemma_view_order(before, now) >= 0)
			return stemma_fault_add(verifier, nobody, NULL,
				"line %zu of packed-refs is not in order",
				line);
		if (now.size) {
			code = check_packed_target(verifier, name, &id);
			before = now;
		}
		at = next;
	}
	return code;
}

static enum stemma_code
check_packed(struct stemma_verifier *verifier)
{
	struct stemma_packed_refs packed;
	char path[PATH_MAX];
	struct stat status;
	enum stemma_code code;

	if (stemma_packed_refs_open(&packed, verifier->store->path)) {
		code = check_lines(verifier, &packed);
		stemma_packed_refs_close(&packed);
		return code;
	}
	if (!stemma_path_below(path, verifier->store, STEMMA_PACKED_REFS, "") ||
		lstat(path, &status) != 0 ||
		(S_ISREG(status.st_mode) && status.st_size == 0))
		return STEMMA_OK;
	return stemma_fault_add(
		verifier, nobody, NULL, "packed-refs cannot be read");
}

/* Without it, git takes nothing for a repository. */
static enum stemma_code
check_head(struct stemma_verifier *verifier)
{
	char path[PATH_MAX], text[TEXT];
	struct stemma_id id;
	ssize_t size = stemma_path_below(path, verifier->store, "HEAD", "")
			       ? read_text(text, path)
			       : -1;

	if (says_id(&id, text, size))
		return STEMMA_OK;
	if (says_ref(text, size)) {
		const char *name = text + strlen("ref:");

		name += strspn(name, " \t");
		text[strcspn(text, "\n")] = '\0';
		if (!strncmp(name, "refs/", 5) && is_name(name))
			return STEMMA_OK;
	}
	return stemma_fault_add(verifier, nobody, NULL,
		"HEAD is damaged, without which git cannot read the archive");
}

enum stemma_code
stemma_verify_refs(struct stemma_verifier *verifier)
{
	char name[PATH_MAX] = "refs";
	enum stemma_code code = check_head(verifier);

	if (code == STEMMA_OK)
		code = check_packed(verifier);
	return code == STEMMA_OK ? check_folder(verifier, name, 0) : code;
}
