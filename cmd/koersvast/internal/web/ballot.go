package web

import (
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/round"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
	"koersvast/projections"
	"koersvast/projections/rounds"
)

// What people answer in confidence arrives here in two steps that nothing
// connects. Signed in, somebody has a credential signed that the server does
// not see. Later, and without saying who they are, they cast what they answer.
//
// In a small group the moment of an answer would say whose it is. So whatever
// has a part in casting is served quietly: it looks at no session and no
// cookie, and leaves no line in a log and no count in a metric, not even when
// it fails.

// The addresses that are served quietly.
const (
	ballotsPath  = "/ballots"
	envelopePath = "/envelope"
)

// Answers that are given only here.
var (
	errSaysWho  = domain.Refuse(domain.Invalid, "says_who", "this request carries something that says who asks")
	errBusy     = domain.Refuse(domain.Unavailable, "ballots_busy", "many people answer right now; try again in a moment")
	errDeclined = domain.Refuse(domain.Conflict, "round_declined", "you have said that you would rather not answer")
)

// credentialRoute is the first step.
func (s *Server) credentialRoute() {
	question(s, Question[credentialIn, credential]{
		Path:   "/rounds/{id}/credential",
		Doc:    "A credential to answer with, signed unseen: each person gets one. Sent again, the same request gets the same answer",
		Action: access.RoundAnswer,
		Of:     theRound[credentialIn],
		Ask:    s.askCredential,
	})
}

type credentialIn struct {
	RoundIn
	Body struct {
		Blinded domain.Bytes `json:"blinded" doc:"The blinded message, in base 64 (RFC 9474, RSABSSA-SHA384-PSS-Randomized)"`
	}
}

// A credential is one that its owner has yet to make readable.
type credential struct {
	Signed domain.Bytes `json:"signed" doc:"The blind signature, in base 64"`
}

func (s *Server) askCredential(ctx context.Context, a Asker, in credentialIn) (c credential, err error) {
	blinded, err := base64.StdEncoding.DecodeString(string(in.Body.Blinded))
	if err != nil || len(blinded) != ballot.SignatureSize {
		return c, ballot.ErrSize.On("blinded")
	}
	sheet, err := s.askSheet(ctx, a, in.RoundIn)
	switch {
	case err != nil:
		return c, err
	case sheet.Declined:
		return c, errDeclined
	}
	if err := takesAnswers(sheet.Status, sheet.Closes, a.Act.Today()); err != nil {
		return c, err
	}
	box, err := s.Station.Box(sheet.Box)
	if err != nil {
		return c, err
	}
	signed, err := box.Issue(a.Person, blinded)
	return credential{domain.Bytes(base64.StdEncoding.EncodeToString(signed))}, err
}

// takesAnswers refuses a round in which nobody can answer.
func takesAnswers(status round.Status, closes, today domain.Day) error {
	switch {
	case status != round.StatusOpen:
		return round.ErrNotOpen
	case closes < today:
		return round.ErrOver
	}
	return nil
}

// ballotRoutes are the second step.
func (s *Server) ballotRoutes() {
	for _, prefix := range []string{"", apiPrefix} {
		s.quiet.Handle("POST "+prefix+ballotsPath, s.hushed(s.cast))
		s.quiet.Handle("GET "+prefix+ballotsPath+"/{receipt}", s.hushed(s.counted))
	}
	s.envelopeRoutes()
	s.quiet.Handle("/", s.hushed(func(http.ResponseWriter, *http.Request) error { return errNoPage }))
	s.describeBallots()
}

// describeBallots tells programs of what huma does not route.
func (s *Server) describeBallots() {
	problem := &huma.Response{Description: "What went wrong", Content: map[string]*huma.MediaType{
		"application/problem+json": {Schema: &huma.Schema{Ref: "#/components/schemas/Problem"}},
	}}
	nobody := []map[string][]string{}
	size := ballot.Size
	s.api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "post-ballots", Method: http.MethodPost, Path: ballotsPath, Security: nobody,
		Summary: "Cast answers, without saying who casts them: no cookie, no token, no referrer. The same again is fine; later ones can replace earlier ones",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary", MinLength: &size, MaxLength: &size}},
		}},
		Responses: map[string]*huma.Response{"201": {Description: "It is in the box"}, "default": problem},
	})
	s.api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "get-ballots-receipt", Method: http.MethodGet, Path: ballotsPath + "/{receipt}", Security: nobody,
		Summary:    "Whether the ballot with this receipt was counted, or sixteen signs of it; nothing is counted before its round is released",
		Parameters: []*huma.Param{{In: "path", Name: "receipt", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}},
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{
			"application/json": {Schema: &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"counted": {Type: huma.TypeBoolean}}, Required: []string{"counted"}}},
		}}, "default": problem},
	})
}

// inConfidence reports whether an address is served quietly.
func inConfidence(r *http.Request) bool {
	for _, p := range []string{ballotsPath, apiPrefix + ballotsPath, envelopePath} {
		if r.URL.Path == p || strings.HasPrefix(r.URL.Path, p+"/") {
			return true
		}
	}
	return false
}

// serveQuietly answers people who do not say who they are.
func (s *Server) serveQuietly(w http.ResponseWriter, r *http.Request) {
	s.headers(w.Header())
	w.Header().Set("Referrer-Policy", "no-referrer")
	accept := r.Header.Get("Accept-Language")
	if strings.HasPrefix(r.URL.Path, envelopePath) {
		accept = "" // a page is Dutch until somebody chooses
	}
	r = r.WithContext(i18n.In(r.Context(), i18n.Choose(r.URL.Query().Get(paramLang), accept)))
	// A panic would be noted by whoever serves us.
	defer func() {
		if recover() != nil {
			s.hush(w, r, errInternal)
		}
	}()
	s.quiet.ServeHTTP(w, r)
}

// hushed serves h to programs: what goes wrong becomes a problem document,
// also when it is our fault, and nothing else.
func (s *Server) hushed(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.hush(w, r, err)
		}
	}
}

func (s *Server) hush(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(r.Context(), err)
	if p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	_ = s.writeJSON(w, r, p.Status, "application/problem+json", p) // who went away needs no answer
}

// identifying are the headers by which somebody who asks could be recognised.
var identifying = []string{
	"Authorization", "Baggage", "Cookie", "From", "Proxy-Authorization", "Referer",
	"Traceparent", "Tracestate", "X-Correlation-Id", "X-Request-Id", headerAct,
}

// nameless refuses a request that could say who asks. It is refused rather
// than overlooked: a proxy on the way may have noted it. Whose page asks does
// not matter: nothing here is allowed to anybody because of who they are.
func nameless(r *http.Request) error {
	for _, h := range identifying {
		if len(r.Header.Values(h)) > 0 {
			return errSaysWho
		}
	}
	if r.URL.RawQuery != "" {
		return errSaysWho
	}
	return nil
}

// cast puts a ballot into its box. A second one of the same person and the
// withdrawal of the first look the same from outside.
func (s *Server) cast(w http.ResponseWriter, r *http.Request) error {
	if err := nameless(r); err != nil {
		return err
	}
	sent, err := io.ReadAll(io.LimitReader(r.Body, int64(ballot.Size)+1))
	if err != nil {
		return ballot.ErrSize
	}
	b, err := ballot.Read(sent)
	if err != nil {
		return err
	}
	done, err := s.turn(r.Context())
	if err != nil {
		return err
	}
	defer done()
	if _, err := s.placeOf(r.Context(), round.BoxID(b.Box().String())); err != nil {
		return err
	}
	if err := s.Station.Boxes.Cast(b); err != nil {
		return err
	}
	w.WriteHeader(http.StatusCreated)
	return nil
}

// How many cast at once, and how long others wait for their turn. A ballot
// rewrites its box, so that more at once would only be slower.
const (
	castersAtOnce  = 8
	castersPatient = 10 * time.Second
)

// turn waits for a turn to cast. It knows nothing of who waits: a limit for
// each address would have to remember addresses.
func (s *Server) turn(ctx context.Context) (done func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, castersPatient)
	defer cancel()
	select {
	case s.casting <- struct{}{}:
		return func() { <-s.casting }, nil
	case <-ctx.Done():
		return nil, errBusy
	}
}

// placeOf returns the round of a box in which people can answer now.
func (s *Server) placeOf(ctx context.Context, box round.BoxID) (place rounds.Place, err error) {
	err = s.Views.Read(ctx, func(read projections.Reader, _ domain.Position) error {
		var known bool
		place, known, err = rounds.PlaceOf(ctx, read, box)
		if err == nil && !known {
			err = ballotbox.ErrUnknown
		}
		return err
	})
	if err != nil {
		return place, err
	}
	return place, takesAnswers(place.Status, place.Closes, domain.DayOf(s.Now()))
}

// receiptLength is how many signs of a receipt people copy: as many as nobody
// guesses.
const receiptLength = 16

// isCounted is what the owner of a receipt is told.
type isCounted struct {
	Counted bool `json:"counted"`
}

func (s *Server) counted(w http.ResponseWriter, r *http.Request) error {
	if err := nameless(r); err != nil {
		return err
	}
	found, err := s.wasCounted(r.Context(), r.PathValue("receipt"))
	if err != nil {
		return err
	}
	return s.writeJSON(w, r, http.StatusOK, "application/json", isCounted{found})
}

// wasCounted reports whether a receipt, or the beginning of it, is among those
// of a round that was released.
func (s *Server) wasCounted(ctx context.Context, receipt string) (found bool, err error) {
	if len(receipt) < receiptLength || strings.Trim(receipt, "0123456789abcdef") != "" {
		return false, nil
	}
	err = s.Views.Read(ctx, func(read projections.Reader, _ domain.Position) (err error) {
		found, err = rounds.Counted(ctx, read, round.Receipt(receipt))
		return err
	})
	return found, err
}
