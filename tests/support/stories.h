/*
 * stories.h - invented news, one paragraph an element, for tests of structure
 * and reuse.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SUPPORT_STORIES_H
#define SUPPORT_STORIES_H

#define FERRY                                                                \
	"A ferry carrying 212 passengers ran aground off the island of "     \
	"Harrow "                                                            \
	"on Tuesday, and its operator has suspended all night crossings.\n"  \
	"Coastguard commander Ruth Pellow said nobody had been seriously "   \
	"hurt when the Morning Star struck a sandbank at low tide.\n"        \
	"\"We had everyone off the ship within two hours,\" Pellow said. "   \
	"\"The crew did what they were trained to do.\"\n"                   \
	"The vessel, built in 1994, was on its way to the mainland port of " \
	"Callis when its steering failed.\n"                                 \
	"Pellow said divers would inspect the hull of the ferry before any " \
	"attempt to tow it into Callis.\n"                                   \
	"The operator, Harrow Lines, said passengers would get their money " \
	"back and that the night crossings would resume when the ship had "  \
	"been inspected.\n"

#define ORCHARD                                                                \
	"Apple growers in the Tarn valley have lost a third of their crop to " \
	"late frost, according to figures published by the farmers' union.\n"  \
	"Growers had lit fires between the trees on four nights in April, "    \
	"when temperatures fell to minus five degrees.\n"                      \
	"\"The blossom was two weeks early and the frost two weeks late,\" "   \
	"said Anton Vesely, who owns an orchard near Brod.\n"                  \
	"Vesely expects to pick 40 tonnes of apples this autumn instead of "   \
	"the usual 70.\n"                                                      \
	"The union has asked the ministry of agriculture for low-interest "    \
	"loans, as it did after the frost of 2017.\n"                          \
	"A spokeswoman for the ministry said the request of the growers was "  \
	"being considered.\n"

#define COUNCIL                                                                \
	"Students at Northfield High School have won the right to vote on "    \
	"the lunch menu after a campaign that began with a petition.\n"        \
	"The petition, started by 15-year-old Mina Okoro, gathered 640 "       \
	"signatures in a school of 900 pupils.\n"                              \
	"Okoro told the school board that half of the meals went into the "    \
	"bin. \"Nobody asked us what we eat,\" she said.\n"                    \
	"From September pupils will choose between three menus every month, "  \
	"the board decided.\n"                                                 \
	"Headteacher Paul Reyes said the kitchen staff had been the first to " \
	"support the pupils.\n"

#endif
