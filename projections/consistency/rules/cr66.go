package rules

import "koersvast/projections/consistency"

// cr66 has nothing to look for: a round has one purpose, and no action of
// [koersvast/domain/access] reads feedback or coaching for another one.
var cr66 = rule(consistency.Rule{
	ID: "CR-66", Version: 1, Category: consistency.Rights, Severity: consistency.Blocks,
	Name: consistency.Words{NL: "Ander doel", EN: "Another purpose"},
	Condition: consistency.Words{
		NL: "Iemand zou feedback of coaching inzien of meenemen voor iets anders dan ontwikkeling.",
		EN: "Somebody would see or take feedback or coaching for anything but development.",
	},
	Message: consistency.Words{
		NL: "Deze gegevens zijn voor ontwikkeling, niet voor beoordeling.",
		EN: "These data are for development, not for appraisal.",
	},
	Holds: consistency.Words{
		NL: "Dat kan niet. Een ronde heeft één doel: ontwikkeling. Een rapport is alleen te lezen voor de coach en voor wie het gaat, een gesprek alleen voor die twee. Geen leidinggevende, beheerder of programmaleider kan erbij.",
		EN: "That is not possible. A round has one purpose: development. A report is read by the coach and by whom it is about only, a talk by those two only. No manager, administrator or programme lead has access.",
	},
	Basis: consistency.Words{
		NL: "AVG, artikel 5 lid 1, onder b: gegevens worden gebruikt waarvoor ze zijn verzameld.",
		EN: "GDPR, article 5, first paragraph, under b: data are used for what they were collected for.",
	},
})
