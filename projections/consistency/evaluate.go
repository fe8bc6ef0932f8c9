package consistency

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"slices"

	"koersvast/domain/method"
)

// Evaluate asks every rule that runs, as a programme measures, and returns what they find: what asks
// most to be talked about first, of that what is so the longest, and then by
// rule and object.
func Evaluate(s Situation, c method.Config, rules []Rule) []Finding {
	var all []Finding
	s.Method = c
	coaches := s.Coaches()
	for _, r := range rules {
		if !r.runs(c) || r.Find == nil {
			continue
		}
		for _, f := range r.Find(s, r.With(c.Params(r.ID))) {
			f.Rule, f.Version = r.ID, r.Version
			f.Severity = cmp.Or(f.Severity, r.Severity)
			f.Since = cmp.Or(f.Since, s.Today)
			f.Coach = cmp.Or(f.Coach, coaches[f.Owner])
			all = append(all, f.forIts(r.Audience))
		}
	}
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(Severities, a.Severity), slices.Index(Severities, b.Severity)),
			cmp.Compare(a.Since, b.Since),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Object.Kind, b.Object.Kind),
			cmp.Compare(a.Object.ID, b.Object.ID),
		)
	})
	return all
}

func (r Rule) runs(c method.Config) bool { return c.Runs(r.ID) || r.Always() }

// forIts returns the finding for those only who are its audience.
func (f Finding) forIts(a Audience) Finding {
	f.Roles = a.Told(f)
	if f.Private {
		f.Roles = nil
	}
	if !a.Owner {
		f.Owner = ""
	}
	if !a.Coach {
		f.Coach = ""
	}
	if !a.Recorder {
		f.Recorder = ""
	}
	if !a.People {
		f.People = nil
	}
	return f
}

// Hash names a set of rules as a programme asks them: which ones, of which
// version, with which numbers. It changes when what they find could.
func Hash(c method.Config, rules []Rule) string {
	h := sha256.New()
	for _, r := range slices.SortedFunc(slices.Values(rules), func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) }) {
		if r.runs(c) {
			r.write(h, r.With(c.Params(r.ID)))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (r Rule) write(h hash.Hash, p Params) {
	fmt.Fprintf(h, "%s/%d", r.ID, r.Version)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		fmt.Fprintf(h, " %s=%v", name, p[name])
	}
	fmt.Fprintln(h)
}
