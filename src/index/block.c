/* SPDX-License-Identifier: MIT */
#include "block.h"

static size_t
write_number(unsigned char *to, uint64_t number)
{
	size_t size = 0;

	for (; number >= 0x80; number >>= 7)
		to[size++] = (unsigned char)(number | 0x80);
	to[size++] = (unsigned char)number;
	return size;
}

static bool
read_number(struct stemma_block *block, uint64_t *number)
{
	unsigned shift = 0;

	*number = 0;
	while (block->at < block->end && shift < 63) {
		unsigned char byte = *block->at++;

		*number |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return true;
		shift += 7;
	}
	return false;
}

size_t
stemma_posting_write(unsigned char *to, uint64_t before,
	const struct stemma_posting *posting)
{
	bool several = posting->stories > 1 || posting->listed != 1;
	size_t size = write_number(to, (posting->hash - before) << 1 | several);

	if (several) {
		size += write_number(to + size, posting->stories);
		size += write_number(to + size, posting->listed);
	}
	for (uint32_t k = 0; k < posting->listed; k++)
		size += write_number(to + size, posting->revisions[k]);
	return size;
}

static uint32_t
checksum(struct stemma_view packed)
{
	return (uint32_t)stemma_hash(packed);
}

void
stemma_block_seal(unsigned char *data, size_t size)
{
	uint32_t sum = checksum(
		(struct stemma_view){(const char *)data + STEMMA_CHECKSUM_SIZE,
			size - STEMMA_CHECKSUM_SIZE});

	for (int k = 0; k < STEMMA_CHECKSUM_SIZE; k++)
		data[k] = (unsigned char)(sum >> 8 * k);
}

enum stemma_code
stemma_block_read(struct stemma_block *block, struct stemma_view data)
{
	const unsigned char *bytes = (const unsigned char *)data.bytes;
	uint32_t sum = 0;

	if (data.size < STEMMA_CHECKSUM_SIZE)
		return STEMMA_CORRUPT;
	for (int k = 0; k < STEMMA_CHECKSUM_SIZE; k++)
		sum |= (uint32_t)bytes[k] << 8 * k;
	*block = (struct stemma_block){
		bytes + STEMMA_CHECKSUM_SIZE, bytes + data.size, 0};
	data.bytes += STEMMA_CHECKSUM_SIZE;
	data.size -= STEMMA_CHECKSUM_SIZE;
	return sum == checksum(data) ? STEMMA_OK : STEMMA_CORRUPT;
}

enum stemma_code
stemma_block_next(struct stemma_block *block, struct stemma_posting *posting)
{
	uint64_t step, stories = 1, listed = 1, revision;

	if (!read_number(block, &step))
		return STEMMA_CORRUPT;
	if ((step & 1) &&
		(!read_number(block, &stories) || !read_number(block, &listed)))
		return STEMMA_CORRUPT;
	if (listed > STEMMA_LISTED || stories > UINT32_MAX || stories < listed)
		return STEMMA_CORRUPT;
	block->hash += step >> 1;
	posting->hash = block->hash;
	posting->stories = (uint32_t)stories;
	posting->listed = (uint32_t)listed;
	for (uint32_t k = 0; k < listed; k++) {
		if (!read_number(block, &revision) || revision > UINT32_MAX)
			return STEMMA_CORRUPT;
		posting->revisions[k] = (uint32_t)revision;
	}
	return STEMMA_OK;
}
