package measure

// profile is how many items somebody must have answered before the pattern of
// their answers says anything.
const profile = 6

// A Quality says how carefully a group seems to have answered. It is worked out
// where the answers are, from what each person gave to all items, and only this
// leaves.
type Quality struct {
	Top           float64 // share, 0–1, of ratings that are 4 or 5
	ProfileSD     float64 // spread within a person over items, in points, on average
	StraightLines float64 // share, 0–1, of people who gave every item the same rating
}

// QualityOf returns the quality of ratings, a row a person. [NotObserved] counts
// for nothing. It is defined when somebody rated six items; who rated fewer only
// counts in Top.
func QualityOf(people [][]int) (Quality, bool) {
	var all Tally
	var spreads []float64
	straight := 0
	for _, ratings := range people {
		own, ok := TallyOf(ratings...)
		if !ok {
			return Quality{}, false
		}
		all = all.Merge(own)
		if own.N() < profile {
			continue
		}
		sd := own.Sample().SD
		spreads = append(spreads, sd)
		if sd == 0 {
			straight++
		}
	}
	if len(spreads) == 0 {
		return Quality{}, false
	}
	top, _ := all.Noticed()
	return Quality{
		Top:           top.Value,
		ProfileSD:     SampleOf(spreads...).Mean,
		StraightLines: float64(straight) / float64(len(spreads)),
	}, true
}

// PsychologicalSafety returns how safe somebody feels in the team, 1–5, from
// their answers to seven statements, of which the first, third and fifth say the
// opposite and are turned round. It is defined when all are answered. (Edmondson
// 1999, Psychological safety and learning behavior in work teams; the statements
// are ours.)
func PsychologicalSafety(answers [7]int) (float64, bool) {
	for i, a := range answers {
		if !onScale(a) {
			return 0, false
		}
		if i == 0 || i == 2 || i == 4 {
			answers[i] = Highest + Lowest - a
		}
	}
	all, ok := TallyOf(answers[:]...)
	return all.Sample().Mean, ok
}
