package rules

import (
	"cmp"

	"koersvast/domain"
	"koersvast/domain/evidence"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// cr64 counts what the programme can see that it still keeps: boxes of answers
// that were never opened, feedback reports that can still be read, recordings
// of interviews. Periods can be shorter than is usual, and not longer. It names
// none of them: whose they are is not for who sees this.
var cr64 = rule(consistency.Rule{
	ID: "CR-64", Version: 1, Category: consistency.Rights, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Bewaartermijn voorbij", EN: "Kept too long"},
	Condition: consistency.Words{
		NL: "Antwoorden van een gesloten ronde liggen na {box_days} dagen nog ongeopend, een feedbackrapport is na {report_days} dagen nog te lezen, of de opname van een interview is er na {recording_days} dagen nog.",
		EN: "Answers of a closed round still lie unopened after {box_days} days, a feedback report can still be read after {report_days} days, or the recording of an interview is still there after {recording_days} days.",
	},
	Message: consistency.Words{
		NL: "{n} gegevens hadden gewist moeten zijn. Ongeopende antwoorden: {boxes}. Feedbackrapporten: {reports}. Opnamen: {recordings}.",
		EN: "{n} things should have been erased. Unopened answers: {boxes}. Feedback reports: {reports}. Recordings: {recordings}.",
	},
	Params: []consistency.Param{
		{Name: "box_days", Usual: 30, Lowest: 7, Most: 30},
		{Name: "report_days", Usual: 548, Lowest: 90, Most: 548},
		{Name: "recording_days", Usual: 30, Lowest: 1, Most: 30},
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.Admin, domain.WorksCouncil}},
	Basis: consistency.Words{
		NL: "AVG, artikel 5 lid 1, onder e: gegevens worden niet langer bewaard dan nodig is.",
		EN: "GDPR, article 5, first paragraph, under e: data are kept no longer than is necessary.",
	},
	Waits: consistency.Words{
		NL: "De dag waarop het programma eindigt. Termijnen die op die dag beginnen, zoals die van coaching en toetsingen, telt deze regel nog niet.",
		EN: "The day on which the programme ends. Periods that begin on that day, such as those of coaching and checks, this rule does not count yet.",
	},
	Find: func(s consistency.Situation, p consistency.Params) []consistency.Finding {
		f := consistency.Finding{Object: consistency.The(s.Programme)}
		// over counts what should have gone so many days after a day.
		over := func(what string, after domain.Day, days float64) {
			if end := after.Add(int(days) + 1); end <= s.Today {
				f.Values[what]++
				f.Values["n"]++
				f.Since = min(cmp.Or(f.Since, end), end)
			}
		}
		f.Values = map[string]float64{"n": 0, "boxes": 0, "reports": 0, "recordings": 0}
		for _, r := range s.Rounds {
			switch {
			case r.Status == round.StatusClosed:
				over("boxes", r.Closed, p["box_days"])
			case r.Kind == domain.Feedback && r.Report != nil:
				over("reports", r.Since, p["report_days"])
			}
		}
		for _, x := range s.Sources {
			if x.Recording && (x.Status == evidence.StatusCoding || x.Status == evidence.StatusCoded) {
				over("recordings", x.Day, p["recording_days"])
			}
		}
		if f.Values["n"] == 0 {
			return nil
		}
		return []consistency.Finding{f}
	},
})
