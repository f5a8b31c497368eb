/*
 * maths.h - the few functions of libm that this part needs. The program is
 * linked without libm: one shared library less to load at every start.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_MATHS_H
#define STRUCTURE_MATHS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define STEMMA_LN_2 0.69314718055994530942

/*
 * The natural logarithm of a positive normal number to five digits: the
 * exponent, and a polynomial of the mantissa.
 */
static inline float
stemma_ln_quick(float x)
{
	uint32_t bits;
	float m, p;

	memcpy(&bits, &x, sizeof bits);
	p = (float)((int)(bits >> 23) - 127);
	bits = (bits & 0x7fffff) | 0x3f800000;
	memcpy(&m, &bits, sizeof m);
	m -= 1;
	return 0.69314718f * p +
	       m * (0.99949556f +
			   m * (-0.49190896f +
				       m * (0.28947478f +
						   m * (-0.13606275f +
							       m * 0.03215845f))));
}

/* Four floats, each of which is worked on as if it stood alone. */
typedef float stemma_four __attribute__((vector_size(4 * sizeof(float))));

static inline stemma_four
stemma_four_load(const float *from)
{
	stemma_four values;

	memcpy(&values, from, sizeof values);
	return values;
}

/* stemma_ln_quick of `count` numbers, a multiple of four, in place. */
static inline void
stemma_ln_quick_all(float *x, size_t count)
{
	typedef int32_t ints __attribute__((vector_size(4 * sizeof(int32_t))));

	for (size_t k = 0; k < count; k += 4) {
		stemma_four m, p;
		ints bits;

		memcpy(&bits, &x[k], sizeof bits);
		p = __builtin_convertvector((bits >> 23) - 127, stemma_four);
		bits = (bits & 0x7fffff) | 0x3f800000;
		memcpy(&m, &bits, sizeof m);
		m -= 1;
		p = 0.69314718f * p +
		    m * (0.99949556f +
				m * (-0.49190896f +
					    m * (0.28947478f +
							m * (-0.13606275f +
								    m * 0.03215845f))));
		memcpy(&x[k], &p, sizeof p);
	}
}

/* The natural logarithm of a positive normal number to twelve digits. */
static inline double
stemma_ln(double x)
{
	static const double parts[] = {2.0 / 15, 2.0 / 13, 2.0 / 11, 2.0 / 9,
		2.0 / 7, 2.0 / 5, 2.0 / 3, 2.0};
	uint64_t bits;
	double m, s, s2, sum = 0;
	int exponent;

	memcpy(&bits, &x, sizeof bits);
	exponent = (int)(bits >> 52) - 1023;
	bits = (bits & 0xfffffffffffff) | 0x3ff0000000000000;
	memcpy(&m, &bits, sizeof m);
	if (m > 1.4142135623730951) {
		m /= 2;
		exponent++;
	}
	/* ln m = 2 artanh s, |s| < 0.172. */
	s = (m - 1) / (m + 1);
	s2 = s * s;
	for (int k = 0; k < 8; k++)
		sum = sum * s2 + parts[k];
	return exponent * STEMMA_LN_2 + s * sum;
}

/* e to the power of `x` to twelve digits; 0 below -700, e^700 above 700. */
static inline double
stemma_exp(double x)
{
	static const double parts[] = {1.0 / 479001600, 1.0 / 39916800,
		1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720,
		1.0 / 120, 1.0 / 24, 1.0 / 6, 1.0 / 2, 1, 1};
	double r, sum = 0, power;
	uint64_t bits;
	int k;

	if (x < -700)
		return 0;
	if (x > 700)
		x = 700;
	k = (int)(x / STEMMA_LN_2 + (x < 0 ? -0.5 : 0.5));
	r = x - k * STEMMA_LN_2;
	for (int n = 0; n < 13; n++)
		sum = sum * r + parts[n];
	bits = (uint64_t)(k + 1023) << 52;
	memcpy(&power, &bits, sizeof power);
	return sum * power;
}

/* The same of a number from -700 to 0, to eight digits. */
static inline double
stemma_exp_quick(double x)
{
	int k = (int)(x * (1 / STEMMA_LN_2) - 0.5);
	double r = x - k * STEMMA_LN_2, power;
	uint64_t bits = (uint64_t)(k + 1023) << 52;

	memcpy(&power, &bits, sizeof power);
	return power *
	       (1 + r * (1 + r * (1.0 / 2 +
					 r * (1.0 / 6 +
						     r * (1.0 / 24 +
								 r * (1.0 / 120 +
									     r * (1.0 / 720 +
											 r * (1.0 / 5040))))))));
}

static inline float
stemma_tanh(float x)
{
	double size = x < 0 ? -(double)x : (double)x;
	double e = stemma_exp_quick(-2.0 * (size < 30 ? size : 30));
	float t = (float)((1 - e) / (1 + e));

	return x < 0 ? -t : t;
}

/* The square root of a positive normal number to twelve digits. */
static inline double
stemma_root(double x)
{
	double r = stemma_exp(stemma_ln(x) / 2);

	return (r + x / r) / 2;
}

#endif
