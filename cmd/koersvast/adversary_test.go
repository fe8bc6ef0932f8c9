package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"iter"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/eventstore/ballotbox/ballot"
)

// A piece is something that the product wrote, or answered.
type piece struct {
	name  string
	bytes []byte

	// record says that all of it is about one thing: a line, a row, a fact, a
	// file of a box. In other pieces that holds for what stands near.
	record   bool
	modified *time.Time // of a file or folder of a box
}

// near is how many bytes apart two things can be and still tell of each other.
const near = 256

// An adversary has everything that the product wrote, the key file included,
// and knows what every voter sent, and when. They look for what connects the
// two; whatever they find, somebody with only the first would have found.
type adversary struct {
	voters      []*known
	needles     map[[8]byte][]needle // by what they begin with
	begins      [1 << 16]bool        // with these two bytes
	first, last time.Time            // when people cast

	released bool // what came from the boxes was made known
}

// known is what the adversary knows of a voter.
type known struct {
	*voter
	code     string // of their envelope, if that is how they answer
	receipt  string // sixteen signs of it at least
	answers  round.Answer
	answer   string // as it is cast
	comment  string
	forCoach bool     // the comment
	sent     [][]byte // sealed answers, the last of which counts
	arrived  int      // in which place of all
}

// What an adversary can find.
type mark int

const (
	aPerson mark = iota
	aReceipt
	anEnvelope // sealed answers
	aReplaced  // sealed answers that were replaced by others
	aCredential
	aRequest // for a credential
	anAnswer
	aComment
)

func (m mark) String() string {
	return [...]string{"a person", "a receipt", "sealed answers", "replaced answers", "a credential", "a request for a credential", "answers", "a comment"}[m]
}

// ofBallot reports whether the mark belongs to a ballot.
func (m mark) ofBallot() bool { return m != aPerson && m != aRequest }

type needle struct {
	bytes []byte
	mark  mark
	voter *known // nil of a person
}

type found struct {
	at, end int
	needle
}

// seen is what an adversary came to know, and where.
type seen struct {
	what, where string
}

// newAdversary looks for people and for what these voters sent. People are
// those who do not want to be known: whom a round is about answers as such.
func newAdversary(people []domain.PersonID, voters []*known) *adversary {
	a := &adversary{voters: voters, needles: map[[8]byte][]needle{}}
	for _, p := range people {
		a.learn(needle{[]byte(p), aPerson, nil})
	}
	for _, v := range voters {
		a.learnBytes(v.beginning(), aReceipt, v)
		if v.code == "" {
			n := v.Nullifier()
			a.learnBytes(n[:], aReceipt, v)
			a.learnBytes(v.Prepared, aCredential, v)
			a.learnBytes(v.Signature, aCredential, v)
			a.learnBytes(v.request.Blinded, aRequest, v)
		} else {
			a.learn(needle{[]byte(v.code), aCredential, v})
		}
		for i, sealed := range v.sent {
			m := aReplaced
			if i == len(v.sent)-1 {
				m = anEnvelope
			}
			a.learnBytes(sealed, m, v)
		}
		a.learn(needle{[]byte(v.answer), anAnswer, v})
		a.learn(needle{[]byte(strings.ReplaceAll(v.answer, `"`, `\"`)), anAnswer, v})
		if v.comment != "" {
			a.learn(needle{[]byte(v.comment), aComment, v})
		}
	}
	return a
}

// beginning is how the receipt begins.
func (v *known) beginning() []byte {
	b, err := hex.DecodeString(v.receipt[:16])
	if err != nil {
		panic(err)
	}
	return b
}

// learnBytes makes them known in every way in which bytes are written; of long
// ones the beginning is enough.
func (a *adversary) learnBytes(b []byte, m mark, v *known) {
	b = b[:min(len(b), 33)] // which base 64 writes without regard to what follows
	text := hex.EncodeToString(b)
	forms := []string{
		string(b), text, strings.ToUpper(text),
		base64.RawStdEncoding.EncodeToString(b), base64.RawURLEncoding.EncodeToString(b),
	}
	slices.Sort(forms)
	for _, f := range slices.Compact(forms) {
		a.learn(needle{[]byte(f), m, v})
	}
}

func (a *adversary) learn(n needle) {
	a.begins[binary.BigEndian.Uint16(n.bytes)] = true
	head := [8]byte(n.bytes)
	a.needles[head] = append(a.needles[head], n)
}

// find returns what is known of a piece, in its order.
func (a *adversary) find(b []byte) (all []found) {
	for i := 0; i+8 <= len(b); i++ {
		if !a.begins[binary.BigEndian.Uint16(b[i:])] {
			continue
		}
		var best *needle
		for _, n := range a.needles[[8]byte(b[i:])] {
			if bytes.HasPrefix(b[i:], n.bytes) && (best == nil || len(n.bytes) > len(best.bytes)) {
				best = &n
			}
		}
		if best != nil {
			all = append(all, found{i, i + len(best.bytes), *best})
		}
	}
	return all
}

// searches returns all that the pieces give away.
func (a *adversary) searches(pieces []piece) (leaks []seen) {
	told := map[seen]bool{}
	tell := func(p piece, what string, args ...any) {
		l := seen{fmt.Sprintf(what, args...), p.name}
		if !told[l] {
			told[l] = true
			leaks = append(leaks, l)
		}
	}
	orders, sizes := map[string][]order{}, map[int]string{}
	for _, p := range pieces {
		if p.modified != nil && p.modified.Unix() != 0 {
			tell(p, "when it changed")
		}
		hits := a.find(p.bytes)
		for _, h := range hits {
			if h.mark.ofBallot() && !a.belongs(p.name, h) {
				tell(p, "%v", h.mark)
			}
			if h.mark.ofBallot() && personBeside(p, hits, h) {
				tell(p, "a person beside %v", h.mark)
			}
		}
		for at := range a.moments(p, hits) {
			tell(p, "a time beside a ballot: %s", at)
		}
		for size := range sizesIn(p, hits) {
			if sizes[size] = p.name; len(sizes) > 1 {
				tell(p, "ballots of different sizes")
			}
		}
		for key, o := range ordersIn(p, hits) {
			orders[key] = append(orders[key], o)
		}
	}
	for key, list := range orders {
		if tau, ok := correlation(list); ok && math.Abs(tau) > 0.4 {
			leaks = append(leaks, seen{fmt.Sprintf("an order: tau %.2f", tau), key})
		}
	}
	return leaks
}

// belongs reports whether what was found of a ballot may stand there. As long
// as a round is open that is in its box and nowhere else. What is released
// are receipts and comments: those stand in the read models in the clear, and
// elsewhere sealed; a comment for the coach is shown to the coach alone.
func (a *adversary) belongs(where string, h found) bool {
	place, _, _ := strings.Cut(where, " ")
	if !a.released {
		return isBallots(place) && (h.mark == aReceipt || h.mark == anEnvelope)
	}
	views := strings.HasPrefix(place, dirViews+"/") || place == "revealed:"
	switch h.mark {
	case aReceipt:
		return views || place == "fact:" || strings.HasPrefix(place, fileIndex)
	case aComment:
		return views || strings.HasPrefix(where, "answer: "+string(surveyCoach)+" ") ||
			!h.voter.forCoach && strings.HasPrefix(where, "answer: "+string(subjectOf(h.voter.round))+" ")
	}
	return false
}

func isBallots(file string) bool {
	return strings.HasPrefix(file, dirBoxes+"/") && strings.HasSuffix(file, "/ballots")
}

// personBeside reports whether a person stands where h tells of them.
func personBeside(p piece, hits []found, h found) bool {
	return slices.ContainsFunc(hits, func(x found) bool {
		return x.mark == aPerson && (p.record || x.at < h.end+near && h.at < x.end+near)
	})
}

// An order is in which places things arrived that stand in a row.
type order []int

// ordersIn returns the orders of ballots in a piece: of each round, and of
// each kind of mark.
func ordersIn(p piece, hits []found) map[string]order {
	type row struct {
		mark  mark
		round domain.RoundID
		box   ballot.BoxID
	}
	rows := map[row][]*known{}
	for _, h := range hits {
		if h.voter == nil {
			continue
		}
		r := row{h.mark, h.voter.round, ballot.BoxID{}}
		if isBallots(p.name) {
			r.box = h.voter.manifest.ID()
		}
		if !slices.Contains(rows[r], h.voter) {
			rows[r] = append(rows[r], h.voter)
		}
	}
	orders := map[string]order{}
	for r, voters := range rows {
		if len(voters) < 4 {
			continue
		}
		place := numbers.ReplaceAllString(p.name, "#")
		var o order
		for _, v := range voters {
			o = append(o, v.arrived)
		}
		orders[fmt.Sprintf("%s: %v of %d in %s", place, r.mark, len(o), numbers.ReplaceAllString(string(r.round), "#"))] = o
	}
	return orders
}

// numbers are what differs in names of the same kind of thing.
var numbers = regexp.MustCompile(`[0-9a-f]{32,}|[0-9]+`)

// correlation returns the mean of Kendall's tau over rows in the order of
// arrival. It is ok when there are enough of them to tell 0.4 from chance.
func correlation(list []order) (mean float64, ok bool) {
	variance := 0.0
	for _, o := range list {
		sum, pairs := 0, 0
		for i := range o {
			for j := range i {
				pairs++
				if o[j] < o[i] {
					sum++
				} else {
					sum--
				}
			}
		}
		n := float64(len(o))
		mean += float64(sum) / float64(pairs) / float64(len(list))
		variance += 2 * (2*n + 5) / (9 * n * (n - 1)) / float64(len(list)*len(list))
	}
	return mean, 4.5*math.Sqrt(variance) < 0.4
}

// sizesIn returns how far ballots are apart in a box.
func sizesIn(p piece, hits []found) iter.Seq[int] {
	return func(yield func(int) bool) {
		if !isBallots(p.name) {
			return
		}
		last := -1
		for _, h := range hits {
			if h.mark != aReceipt {
				continue
			}
			if last >= 0 && !yield(h.at-last) {
				return
			}
			last = h.at
		}
	}
}

// moments returns the times near ballots that are when these were cast. What
// voters sent themselves is no writing of ours.
func (a *adversary) moments(p piece, hits []found) iter.Seq[string] {
	return func(yield func(string) bool) {
		parts, ours := [][2]int{}, slices.Clone(p.bytes)
		for _, h := range hits {
			if !h.mark.ofBallot() {
				continue
			}
			end := h.end
			if isBallots(p.name) && h.mark == aReceipt {
				end = min(len(ours), h.at+len(ballot.Nullifier{})+ballot.SealedSize)
			}
			clear(ours[h.at:end])
			switch from, to := max(0, h.at-near), min(len(ours), end+near); {
			case p.record:
				parts = [][2]int{{0, len(ours)}}
			case len(parts) > 0 && from <= parts[len(parts)-1][1]:
				parts[len(parts)-1][1] = to
			default:
				parts = append(parts, [2]int{from, to})
			}
		}
		for _, part := range parts {
			for s := range times(ours[part[0]:part[1]]) {
				if s.from.Before(a.last) && a.first.Before(s.to) && !yield(s.how+" "+s.from.UTC().Format(time.RFC3339Nano)) {
					return
				}
			}
		}
	}
}

// A span is a time that is written somewhere, as exactly as it is.
type span struct {
	from, to time.Time
	how      string
}

var (
	writtenTimes = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?`)
	countedTimes = regexp.MustCompile(`\d{10,19}`)
	sortableIDs  = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{26}`)
)

// times returns the times in b, in every way in which times are written.
func times(b []byte) iter.Seq[span] {
	return func(yield func(span) bool) {
		give := func(how string, at time.Time, exact time.Duration) bool {
			return yield(span{at, at.Add(exact), how})
		}
		count := func(how string, n uint64) bool {
			return n >= 1<<62 || give(how, time.Unix(int64(n), 0), time.Second) &&
				give(how, time.UnixMilli(int64(n)), time.Millisecond) &&
				give(how, time.UnixMicro(int64(n)), time.Microsecond) &&
				give(how, time.Unix(0, int64(n)), 1)
		}
		for _, m := range writtenTimes.FindAllSubmatch(b, -1) {
			exact := time.Second
			if len(m[1]) > 1 {
				exact = time.Duration(math.Pow10(9 - min(9, len(m[1])-1)))
			}
			for _, zone := range []*time.Location{time.UTC, domain.Zone} {
				at, err := time.ParseInLocation(time.DateTime, strings.Replace(string(m[0]), "T", " ", 1), zone)
				if err == nil && !give("text", at, exact) {
					return
				}
			}
		}
		for _, m := range countedTimes.FindAll(b, -1) {
			if n, err := strconv.ParseUint(string(m), 10, 62); err == nil && !count("number", n) {
				return
			}
		}
		for _, m := range sortableIDs.FindAll(b, -1) {
			ms := int64(0)
			for _, c := range m[:10] {
				ms = ms<<5 | int64(strings.IndexByte("0123456789ABCDEFGHJKMNPQRSTVWXYZ", c))
			}
			if !give("id", time.UnixMilli(ms), time.Millisecond) {
				return
			}
		}
		for i := 0; i+4 <= len(b); i++ {
			if !give("bytes", time.Unix(int64(binary.BigEndian.Uint32(b[i:])), 0), time.Second) ||
				!give("bytes", time.Unix(int64(binary.LittleEndian.Uint32(b[i:])), 0), time.Second) {
				return
			}
			if i+8 <= len(b) && (!count("bytes", binary.BigEndian.Uint64(b[i:])) ||
				!count("bytes", binary.LittleEndian.Uint64(b[i:])) ||
				!count("bytes", binary.BigEndian.Uint64(b[i:])>>16)) { // as SQLite keeps numbers
				return
			}
		}
	}
}

// traces returns what changed while people cast: all of it but the boxes
// should be as it was. What a process tells of itself, how quick the disk is,
// and the ids in the forms of a page change without anybody doing anything.
func traces(before, after []piece) (leaks []seen) {
	was := map[string]int{}
	for _, p := range before {
		was[p.name+"\x00"+string(p.bytes)]++
	}
	for _, p := range after {
		key := p.name + "\x00" + string(p.bytes)
		if was[key]--; was[key] < 0 && !isBallots(p.name) && !byItself.MatchString(p.name+" "+string(p.bytes)) {
			leaks = append(leaks, seen{fmt.Sprintf("something changed: %.200q", p.bytes), p.name})
		}
	}
	return leaks
}

var byItself = regexp.MustCompile(`^(metrics (# .*|koersvast_(go_(gc|goroutines|threads|memstats_last_gc)|process_(cpu|resident|virtual|open)|fsync).*)|answer: \S+ \S+ (?s:<!doctype html>.*))$`)
