package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr33 has nothing to find: nobody opens a report before coach and subject
// talked about it, or the subject waived that. See [round.HoldDebrief],
// [round.WaiveDebrief] and who may read what a round brought, [rounds.Round].
var cr33 = rule(consistency.Rule{
	ID: "CR-33", Version: 1, Category: consistency.Feedback, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Rapport zonder nabespreking geopend", EN: "Report opened before it was talked about"},
	Condition: consistency.Words{
		NL: "Iemand opent het eigen rapport van 360-feedback voordat daar met de coach over is gesproken.",
		EN: "Somebody opens their report of 360 feedback before the talk with their coach.",
	},
	Message: consistency.Words{
		NL: "Het rapport is geopend buiten het coachgesprek om.",
		EN: "The report was opened without the talk with the coach.",
	},
	Holds: consistency.Words{
		NL: "Het rapport gaat pas open als coach en ontvanger erover spraken, of als de ontvanger daar uitdrukkelijk van afziet.",
		EN: "The report opens only once coach and subject have talked about it, or the subject expressly waives that.",
	},
	Audience: consistency.Audience{Coach: true, Roles: []domain.Role{domain.Admin}},
	Basis: consistency.Words{
		NL: "Een rapport over jezelf lees je het best met iemand erbij; daarom leest de coach het eerst.",
		EN: "A report about yourself is best read with somebody beside you; so the coach reads it first.",
	},
})
