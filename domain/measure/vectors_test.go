package measure_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"koersvast/domain/measure"
)

// A given is what a worked example starts from. Each uses a few of its fields.
type given struct {
	Ratings []int
	Raters  [][]int // a row a rater, or a person who is rated

	N, Invited       int
	Mean, Overall    float64
	K                []int
	Rho, Reliability float64
	Change, SD       float64
	Self             float64
	A, B             []int
	Says, Does       []int
	Stance           int
	Evidence         []measure.Evidence
	Groups           []struct{ Weight, Score float64 }
	Promises         []struct {
		Score, Weight float64
		Fresh         bool
	}
	Scores         []float64
	At, Values     []float64
	Kept, Broken   int
	Age, Rhythm    int
	Counts         []int
	Words, Options []string
}

// results are by name what a formula gives.
type results map[string]float64

func (r results) estimate(e measure.Estimate, value string) results {
	r[value], r["low"], r["high"] = e.Value, e.Low, e.High
	return r
}

func (g given) tally(t *testing.T) measure.Tally { return tally(t, g.Ratings...) }

// items are the columns of the raters' matrix.
func (g given) items(t *testing.T) (items []measure.Tally) {
	for i := range g.Raters[0] {
		var item []int
		for _, row := range g.Raters {
			item = append(item, row[i])
		}
		items = append(items, tally(t, item...))
	}
	return items
}

func (g given) people(t *testing.T) (people []measure.Tally) {
	for _, row := range g.Raters {
		people = append(people, tally(t, row...))
	}
	return people
}

func tally(t *testing.T, ratings ...int) measure.Tally {
	t.Helper()
	return must(measure.TallyOf(ratings...))(t)
}

// must returns what is defined.
func must[T any](v T, ok bool) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if !ok {
			t.Fatal("not defined")
		}
		return v
	}
}

// formulas say how each worked example is done, by the first words of its name.
var formulas = map[string]func(*testing.T, given) results{
	"F1 score of a mean": func(t *testing.T, g given) results {
		return results{"score": measure.Score(g.tally(t).Sample().Mean)}
	},
	"F1 score of stance": func(_ *testing.T, g given) results {
		return results{"score": measure.ScoreOfStance(g.Stance)}
	},
	"F2 mean": func(t *testing.T, g given) results {
		s := g.tally(t).Sample()
		e := must(g.tally(t).Mean())(t)
		score := e.Score()
		return results{
			"sd": s.SD, "se": s.SE(),
			"score": score.Value, "score_low": score.Low, "score_high": score.High,
		}.estimate(e, "mean")
	},
	"F2 t": func(t *testing.T, g given) results {
		s := measure.Sample{N: g.N, SD: 1}
		return results{"t": must(s.Estimate())(t).High / s.SE()}
	},
	"F3 reliability": func(_ *testing.T, g given) results {
		r := results{}
		for _, k := range g.K {
			r[fmt.Sprintf("R%d", k)] = measure.Reliability(k, g.Rho)
		}
		return r
	},
	"F3 employees": ratersFor, "F3 peers": ratersFor, "F3 superiors": ratersFor,
	"F3 shrunken": func(_ *testing.T, g given) results {
		return results{
			"R":      measure.Reliability(g.N, g.Rho),
			"shrunk": measure.Shrunk(measure.Sample{N: g.N, Mean: g.Mean}, g.Rho, g.Overall),
		}
	},
	"F4": func(t *testing.T, g given) results {
		return results{}.estimate(must(g.tally(t).Noticed())(t), "share")
	},
	"F5": func(t *testing.T, g given) results {
		s := g.tally(t).Sample()
		return results{
			"variance":     s.SD * s.SD,
			"r_wg":         must(g.tally(t).RWG())(t),
			"r_wg_dissent": must(g.tally(t).RWGDissent())(t),
		}
	},
	"F6": func(t *testing.T, g given) results {
		return results{"r_wg_j": must(measure.RWGJ(g.items(t)))(t)}
	},
	"F7 average deviation": func(t *testing.T, g given) results {
		return results{"ad": must(g.tally(t).AD())(t), "acceptable": measure.ADAcceptable}
	},
	"F7 average deviation over items": func(t *testing.T, g given) results {
		return results{"ad_j": must(measure.ADJ(g.items(t)))(t)}
	},
	"F8": func(t *testing.T, g given) results {
		means := measure.AWGRange(g.tally(t).N())
		return results{"a_wg": must(g.tally(t).AWG())(t), "from": means.Low, "to": means.High}
	},
	"F9": func(t *testing.T, g given) results {
		return results{"consensus": must(g.tally(t).Consensus())(t)}
	},
	"F10": func(t *testing.T, g given) results {
		i := must(measure.ICCOf(g.people(t)))(t)
		return results{"icc1": i.One, "icc2": i.Two, "msb": i.MSB, "msw": i.MSW, "f": i.F, "p": i.P, "raters": i.Raters}
	},
	"F11": func(t *testing.T, g given) results {
		s := g.tally(t).Sample()
		gap := must(measure.SelfAndOthers(g.Self, s))(t)
		return results{"mean": s.Mean, "sd": s.SD, "se": s.SE()}.estimate(gap.Estimate, "gap")
	},
	"F12": func(t *testing.T, g given) results {
		d := must(measure.Compare(tally(t, g.A...).Sample(), tally(t, g.B...).Sample()))(t)
		return results{"se": d.SE, "df": d.DF, "t": d.T, "hedges_g": d.G}.estimate(d.Estimate, "difference")
	},
	"F13": func(t *testing.T, g given) results {
		s := must(measure.SayDo(g.Says, g.Does))(t)
		e := must(s.Estimate())(t)
		return results{"sd": s.SD, "se": s.SE(), "score_gap": e.ScoreGap().Value}.estimate(e, "mean")
	},
	"F14": func(t *testing.T, g given) results {
		i := must(measure.IndexOf(g.Evidence))(t)
		r := results{"weight": i.Weight, "raw": i.Raw, "sd": i.SD, "effective": i.Effective}
		for n, e := range g.Evidence {
			r[fmt.Sprintf("w%d", n+1)] = e.Decayed()
		}
		return r.estimate(i.Estimate, "index")
	},
	"F15": func(t *testing.T, g given) results {
		return results{"conflict": must(measure.ConflictOf(g.Evidence))(t).Index}
	},
	"F16": func(t *testing.T, g given) results {
		var groups []measure.GroupMean
		for _, v := range g.Groups {
			groups = append(groups, measure.GroupMean{Weight: v.Weight, Sample: measure.Sample{N: 6, Mean: 1 + v.Score/25}})
		}
		return results{"score": must(measure.PromiseScore(groups))(t).Value}
	},
	"F17 score": pillar, "F17 a pillar": pillar,
	"F17 employees": groupScore, "F17 informal leaders": groupScore, "F17 self": groupScore,
	"F18 change": func(t *testing.T, g given) results {
		d := must(measure.Change(tally(t, g.A...).Sample(), tally(t, g.B...).Sample()))(t)
		return results{"se": d.SE, "df": d.DF, "t": d.T}.estimate(d.Estimate, "difference")
	},
	"F18 reliable": func(t *testing.T, g given) results {
		return results{"rci": must(measure.ReliableChange(g.Change, g.SD, g.Reliability))(t)}
	},
	"F19": func(t *testing.T, g given) results {
		trend := must(measure.TrendOf(observations(g.At, g.Values)))(t)
		return results{"slope": trend.Slope, "s": float64(trend.S), "tau": trend.Tau, "p": trend.P}
	},
	"F20": func(t *testing.T, g given) results {
		return results{}.estimate(must(measure.KeepingRate(g.Kept, g.Broken))(t), "rate")
	},
	"F21": func(_ *testing.T, g given) results {
		return results{"freshness": measure.Freshness(g.Age, g.Rhythm)}
	},
	"F22": func(t *testing.T, g given) results {
		i := must(measure.Sample{N: g.N, Mean: g.Mean}.Bounds(g.Invited))(t)
		return results{"low": i.Low, "high": i.High}
	},
	"F24": func(t *testing.T, g given) results {
		return results{"kappa": must(measure.Kappa(g.A, g.B))(t)}
	},
	"F25": func(t *testing.T, g given) results {
		d := must(measure.DivisionOf(g.Raters))(t)
		r := results{"hhi": d.HHI, "effective": d.Effective}
		for i, name := range g.Options {
			o := d.Options[i]
			r[name+"_mean"], r[name+"_sd"], r[name+"_max"], r[name+"_support"] = o.Mean, o.SD, o.Max, o.Support
		}
		return r
	},
	"F26": func(_ *testing.T, g given) results {
		r := results{}
		for i, size := range measure.WordSizes(g.Counts) {
			r[g.Words[i]] = size
		}
		return r
	},
	"F28": func(t *testing.T, g given) results {
		m := must(measure.MixOf(g.Counts...))(t)
		return results{"blau": m.Blau, "max": m.Max, "ratio": m.Ratio}
	},
	"F29 a": func(t *testing.T, g given) results {
		return results{"profile_sd": must(measure.QualityOf(g.Raters))(t).ProfileSD}
	},
	"F29 top": func(t *testing.T, g given) results {
		return results{"top": must(measure.QualityOf(g.Raters))(t).Top}
	},
	"F30": func(t *testing.T, g given) results {
		return results{"safety": must(measure.PsychologicalSafety([7]int(g.Ratings)))(t)}
	},
}

func ratersFor(_ *testing.T, g given) results {
	exact, people := measure.RatersFor(g.Reliability, g.Rho)
	return results{"exact": exact, "people": float64(people)}
}

func pillar(t *testing.T, g given) results {
	var promises []measure.Checked
	for _, p := range g.Promises {
		promises = append(promises, measure.Checked{Score: measure.Estimate{Value: p.Score}, Weight: p.Weight, Fresh: p.Fresh})
	}
	return results{"score": must(measure.Overall(promises))(t).Value, "coverage": measure.Coverage(promises)}
}

func groupScore(t *testing.T, g given) results {
	return results{"score": must(measure.GroupScore(scores(g.Scores...)))(t).Value}
}

func scores(values ...float64) (all []measure.Estimate) {
	for _, v := range values {
		all = append(all, measure.Estimate{Value: v, Interval: measure.Interval{Low: v - 10, High: v + 10}})
	}
	return all
}

func observations(at, values []float64) (all []measure.Observation) {
	for i := range at {
		all = append(all, measure.Observation{At: at[i], Value: values[i]})
	}
	return all
}

// TestWorkedExamples holds every formula to examples that were worked out apart
// from this code, to four decimals.
func TestWorkedExamples(t *testing.T) {
	b, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors map[string]struct {
		Given json.RawMessage
		Want  results
	}
	if err := json.Unmarshal(b, &vectors); err != nil {
		t.Fatal(err)
	}
	done := map[string]bool{}
	for name, v := range vectors {
		t.Run(name, func(t *testing.T) {
			var g given
			d := json.NewDecoder(strings.NewReader(string(v.Given)))
			d.DisallowUnknownFields()
			if err := d.Decode(&g); err != nil {
				t.Fatal(err)
			}
			begin := formulaOf(name)
			if begin == "" {
				t.Fatal("no formula for this example")
			}
			done[begin] = true
			got := formulas[begin](t, g)
			for what, want := range v.Want {
				if have, ok := got[what]; !ok || !(math.Abs(have-want) <= 0.5e-4+1e-9) {
					t.Errorf("%s = %.6f, want %.4f", what, have, want)
				}
			}
			for what := range got {
				if _, ok := v.Want[what]; !ok {
					t.Errorf("%s = %.6f, and the example does not say what it wants", what, got[what])
				}
			}
		})
	}
	for begin := range formulas {
		if !done[begin] {
			t.Errorf("no example of %s", begin)
		}
	}
}

// formulaOf returns the longest beginning of a name that has a formula.
func formulaOf(name string) (longest string) {
	for begin := range formulas {
		if strings.HasPrefix(name, begin) && len(begin) > len(longest) {
			longest = begin
		}
	}
	return longest
}
