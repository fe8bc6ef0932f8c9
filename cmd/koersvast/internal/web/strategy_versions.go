package web

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"koersvast/domain"
	"koersvast/domain/strategy"
)

// A partVersion is one thing that was said about a part of the sheet, as it
// stands beside what was said before and after it.
type partVersion struct {
	ID, Kind, Who string
	Day           domain.Day
	Name, Text    []word
	Why           Said
	Standing      bool // these are the words that stand
}

// hasWords reports whether the part was said in words, or only decided about.
func (v partVersion) hasWords() bool { return len(v.Name)+len(v.Text) > 0 }

// versions are all that was said about a part. Of its words, those are marked
// that came with a version, and those that went with the next.
func (p sheetPart) versions(ctx context.Context) []partVersion {
	all := make([]partVersion, len(p.Versions))
	var last *partVersion
	for i, v := range p.Versions {
		all[i] = partVersion{
			ID: "version-" + strconv.FormatUint(uint64(v.Position), 10), Kind: versionKind(v.Fact),
			Day: v.Day, Who: personName(ctx, p.names, v.By), Why: said(v.Why),
			Name: wordsOf(v.Name), Text: wordsOf(v.Text),
		}
		if !all[i].hasWords() {
			continue
		}
		if last != nil {
			compare(last.Name, all[i].Name)
			compare(last.Text, all[i].Text)
		}
		last = &all[i]
	}
	if last != nil {
		last.Standing = p.Status != strategy.StatusRetired
	}
	return all
}

// versionKind is what happened, whatever it happened to: strategy.pillar_adopted
// is adopted.
func versionKind(fact string) string { return fact[strings.LastIndexByte(fact, '_')+1:] }

// A word is a word of a version, with the space after it.
type word struct {
	Text string
	Came bool // it was not there in the version before
	Went bool // it is no longer there in the version after
}

var wordAndSpace = regexp.MustCompile(`\S+\s*`)

func wordsOf(text string) []word {
	var all []word
	for _, w := range wordAndSpace.FindAllString(text, -1) {
		all = append(all, word{Text: w})
	}
	return all
}

func (w word) same(other word) bool {
	return strings.TrimSpace(w.Text) == strings.TrimSpace(other.Text)
}

// compare marks the words that went from one version and came with the next:
// all but those of their longest common subsequence.
func compare(before, after []word) {
	// common[i][j] is how many words before[i:] and after[j:] have in common.
	common := make([][]int, len(before)+1)
	for i := range common {
		common[i] = make([]int, len(after)+1)
	}
	for i := len(before) - 1; i >= 0; i-- {
		for j := len(after) - 1; j >= 0; j-- {
			if before[i].same(after[j]) {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(before) && j < len(after) {
		switch {
		case before[i].same(after[j]):
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			before[i].Went = true
			i++
		default:
			after[j].Came = true
			j++
		}
	}
	for ; i < len(before); i++ {
		before[i].Went = true
	}
	for ; j < len(after); j++ {
		after[j].Came = true
	}
}

// runs joins neighbours that came and went together.
func runs(words []word) []word {
	var all []word
	for _, w := range words {
		if n := len(all); n > 0 && all[n-1].Came == w.Came && all[n-1].Went == w.Went {
			all[n-1].Text += w.Text
		} else {
			all = append(all, w)
		}
	}
	return all
}
