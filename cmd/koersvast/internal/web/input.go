package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"koersvast/domain"
)

// bodyLimit is how much may be sent, unless a route says otherwise.
const bodyLimit = 64 << 10

// What can be wrong with input before a rule has looked at it.
var (
	errNotJSON      = domain.Refuse(domain.Invalid, "not_json", "this is not JSON of the right shape")
	errNotAForm     = domain.Refuse(domain.Invalid, "not_a_form", "this is not a form")
	errUnknownField = domain.Refuse(domain.Invalid, "unknown_field", "there is no such field here")
	errNotANumber   = domain.Refuse(domain.Invalid, "not_a_number", "this is no whole number")
	errNotYesOrNo   = domain.Refuse(domain.Invalid, "not_yes_or_no", "this is neither yes nor no")
	errTooLarge     = domain.Refuse(domain.Invalid, "too_large", "this is more than can be sent at once")
	errNotTheType   = domain.Refuse(domain.Invalid, "not_the_type", "this takes application/json")
)

// A File is a field of a form in which a file is sent. In JSON its content is
// base64.
type File struct {
	Name    string `json:"name"`
	Content []byte `json:"content"`
}

var fileType = reflect.TypeFor[File]()

// input is how a route's input struct is filled. Fields tagged path or query
// come from the address, those of Body from a form or from JSON.
type input struct {
	path, query, body []inputField
	bodyAt            []int // of Body itself; nil without one
}

type inputField struct {
	name string
	at   []int
	made bool // names something new: filled in when it is left empty
}

// inputOf describes In. It panics when a field cannot be filled, which every
// test of the route finds before anybody else does.
func inputOf[In any]() *input {
	t := reflect.TypeFor[In]()
	in := &input{}
	for _, f := range reflect.VisibleFields(t) {
		switch {
		case f.Anonymous:
		case f.Tag.Get("path") != "":
			in.path = append(in.path, fieldOf(t, f, f.Tag.Get("path")))
		case f.Tag.Get("query") != "":
			in.query = append(in.query, fieldOf(t, f, strings.Split(f.Tag.Get("query"), ",")[0]))
		case f.Name == "Body":
			in.bodyAt = f.Index
			for _, b := range reflect.VisibleFields(f.Type) {
				if name, _, _ := strings.Cut(b.Tag.Get("json"), ","); name != "" && !b.Anonymous {
					field := fieldOf(t, b, name)
					field.at = append(slices.Clone(f.Index), b.Index...)
					in.body = append(in.body, field)
				} else if !b.Anonymous {
					panic(fmt.Sprintf("web: %s: Body.%s has no json name", t, b.Name))
				}
			}
		default:
			panic(fmt.Sprintf("web: %s.%s comes from nowhere", t, f.Name))
		}
	}
	return in
}

func fieldOf(in reflect.Type, f reflect.StructField, name string) inputField {
	kind := f.Type
	if kind.Kind() == reflect.Slice {
		kind = kind.Elem()
	}
	switch kind.Kind() {
	case reflect.String, reflect.Int, reflect.Bool:
	default:
		if kind != fileType && !isTable(f.Type) {
			panic(fmt.Sprintf("web: %s: %s cannot be a %s: no form could fill it", in, name, f.Type))
		}
	}
	return inputField{name: name, at: f.Index, made: f.Tag.Get("new") != ""}
}

// isTable reports whether a field is a list of structs. Nobody types one: a
// form carries it from one page to the next, as JSON in a hidden field.
func isTable(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct && t.Elem() != fileType
}

// has reports whether the body has a field of that name.
func (in *input) has(name string) bool {
	return slices.ContainsFunc(in.body, func(f inputField) bool { return f.name == name })
}

// typed is what came in a form, so that it can be shown again.
type typed struct {
	values url.Values
	files  map[string][]File
}

// readForm reads the body as a form of at most limit bytes. Its texts are
// clean.
func readForm(w http.ResponseWriter, r *http.Request, limit int64) (typed, error) {
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	t := typed{values: url.Values{}, files: map[string][]File{}}
	err := r.ParseForm() // first: ParseMultipartForm hides its errors
	if err == nil {
		err = r.ParseMultipartForm(limit)
	}
	if err != nil && !errors.Is(err, http.ErrNotMultipart) {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return t, errTooLarge
		}
		return t, errNotAForm
	}
	for name, values := range r.PostForm {
		for _, v := range values {
			t.values.Add(name, clean(v))
		}
	}
	if r.MultipartForm == nil {
		return t, nil
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	for name, headers := range r.MultipartForm.File {
		for _, h := range headers {
			f, err := h.Open()
			if err != nil {
				return t, err
			}
			content, err := io.ReadAll(f)
			_ = f.Close()
			if err != nil {
				return t, err
			}
			if h.Filename != "" {
				t.files[name] = append(t.files[name], File{clean(h.Filename), content})
			}
		}
	}
	return t, nil
}

// fromForm reads an input from the address and a form.
func fromForm[In any](in *input, r *http.Request, t typed) (v In, err error) {
	value := reflect.ValueOf(&v).Elem()
	if err := in.fromAddress(value, r); err != nil {
		return v, err
	}
	return v, in.fromForm(value, t)
}

// fromJSON reads an input from the address and a JSON body of at most limit
// bytes.
func fromJSON[In any](in *input, w http.ResponseWriter, r *http.Request, limit int64) (v In, err error) {
	value := reflect.ValueOf(&v).Elem()
	if err := in.fromAddress(value, r); err != nil {
		return v, err
	}
	return v, in.fromJSON(value, w, r, limit)
}

// fromAddress fills in what stands in the address.
func (in *input) fromAddress(v reflect.Value, r *http.Request) error {
	var refused []*domain.Error
	for _, f := range in.path {
		refused = append(refused, set(v.FieldByIndex(f.at), f.name, []string{clean(r.PathValue(f.name))}))
	}
	query := r.URL.Query()
	for _, f := range in.query {
		values := query[f.name]
		for i := range values {
			values[i] = clean(values[i])
		}
		refused = append(refused, set(v.FieldByIndex(f.at), f.name, values))
	}
	return domain.All(refused...)
}

// fromForm fills in the body from a form. A field that the body does not have
// is refused: it would be lost without anybody noticing.
func (in *input) fromForm(v reflect.Value, t typed) error {
	var refused []*domain.Error
	for name := range t.values {
		if name != paramAct && !in.has(name) {
			refused = append(refused, errUnknownField.On(name))
		}
	}
	for _, f := range in.body {
		field := v.FieldByIndex(f.at)
		switch files := t.files[f.name]; {
		case field.Type() == fileType:
			if len(files) > 0 {
				field.Set(reflect.ValueOf(files[0]))
			}
		case field.Type() == reflect.SliceOf(fileType):
			field.Set(reflect.ValueOf(files))
		default:
			refused = append(refused, set(field, f.name, t.values[f.name]))
		}
	}
	return domain.All(refused...)
}

// fromJSON fills in the body from JSON, strictly. No body at all is an empty
// one.
func (in *input) fromJSON(v reflect.Value, w http.ResponseWriter, r *http.Request, limit int64) error {
	if in.bodyAt == nil {
		return nil
	}
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return errTooLarge
		}
		return err
	}
	if len(b) == 0 {
		return nil
	}
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return errNotTheType
	}
	body := v.FieldByIndex(in.bodyAt)
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(body.Addr().Interface()); err != nil {
		if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			return errNotJSON.On(wrong.Field)
		}
		// encoding/json has no type for this one.
		if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
			name, _ = strconv.Unquote(name)
			return errUnknownField.On(name)
		}
		return errNotJSON
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errNotJSON
	}
	cleanAll(body)
	return nil
}

// name gives what is new and has no id yet one that follows from the act, so
// that the same act sent again makes the same thing.
func (in *input) name(pointer any, act domain.ActID) {
	v, n := reflect.ValueOf(pointer).Elem(), 0
	for _, f := range in.body {
		if !f.made {
			continue
		}
		n++
		if field := v.FieldByIndex(f.at); field.String() == "" {
			id := string(act)
			if n > 1 {
				id += "_" + strconv.Itoa(n)
			}
			field.SetString(id)
		}
	}
}

// place fills in an address with what stands in the input: {id} is the value
// of the path or the body of that name.
func (in *input) place(pointer any, address string) string {
	v := reflect.ValueOf(pointer).Elem()
	for _, f := range slices.Concat(in.path, in.body) {
		if field := v.FieldByIndex(f.at); field.Kind() == reflect.String {
			address = strings.ReplaceAll(address, "{"+f.name+"}", url.PathEscape(field.String()))
		}
	}
	return address
}

// id returns the id of what a command is about, or of what it made.
func (in *input) id(pointer any) string {
	v := reflect.ValueOf(pointer).Elem()
	for _, f := range slices.Concat(in.body, in.path) {
		if field := v.FieldByIndex(f.at); f.name == "id" && field.Kind() == reflect.String && field.String() != "" {
			return field.String()
		}
	}
	return ""
}

// set fills one field from the texts that came under its name.
func set(field reflect.Value, name string, values []string) *domain.Error {
	if isTable(field.Type()) {
		if len(values) > 0 && json.Unmarshal([]byte(values[0]), field.Addr().Interface()) != nil {
			return errNotJSON.On(name)
		}
		cleanAll(field)
		return nil
	}
	if field.Kind() == reflect.Slice {
		list := reflect.MakeSlice(field.Type(), len(values), len(values))
		for i, s := range values {
			if r := set(list.Index(i), fmt.Sprintf("%s[%d]", name, i), []string{s}); r != nil {
				return r
			}
		}
		if len(values) > 0 {
			field.Set(list)
		}
		return nil
	}
	if len(values) == 0 || values[0] == "" {
		return nil
	}
	switch s := values[0]; field.Kind() {
	case reflect.String:
		field.SetString(s)
	case reflect.Int:
		n, err := strconv.Atoi(s)
		if err != nil {
			return errNotANumber.On(name)
		}
		field.SetInt(int64(n))
	case reflect.Bool:
		switch s {
		case "true", "yes", "on", "1":
			field.SetBool(true)
		case "false", "no", "0":
		default:
			return errNotYesOrNo.On(name)
		}
	}
	return nil
}

// clean makes a text what it looks like: composed characters, no space around
// it, and nothing unseen in it but line ends and joiners.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\u200c', r == '\u200d': // joiners belong to scripts and emoji
			return r
		case unicode.In(r, unicode.Cc, unicode.Bidi_Control, unicode.Co, unicode.Noncharacter_Code_Point),
			r == '\u200b', r == '\u2060', r == '\ufeff', r == unicode.ReplacementChar:
			return -1
		case r == '\u2028', r == '\u2029':
			return '\n'
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.TrimSpace(norm.NFC.String(s))
}

// cleanAll cleans every text in v.
func cleanAll(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(clean(v.String()))
	case reflect.Struct:
		for i := range v.NumField() {
			cleanAll(v.Field(i))
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 { // bytes are no text
			return
		}
		for i := range v.Len() {
			cleanAll(v.Index(i))
		}
	}
}

// paramAct is the hidden field of every form that names its act.
const paramAct = "act"

// actOfForm names the act of a form that was sent. The id comes with the form,
// so that sending it twice is one act; what was typed is part of it, so that a
// form that is changed and sent again from the browser's history is another
// act instead of one that is silently taken to be done.
func actOfForm(t typed, id string) (domain.ActID, error) {
	if sent := t.values.Get(paramAct); sent != "" {
		id = sent
	}
	h := sha256.New()
	_, _ = io.WriteString(h, t.values.Encode())
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		for _, f := range t.files[name] {
			_, _ = fmt.Fprintf(h, "\x00%s\x00%s\x00%d\x00", name, f.Name, len(f.Content))
			_, _ = h.Write(f.Content)
		}
	}
	return actNamed(paramAct, id+"-"+base32.StdEncoding.EncodeToString(h.Sum(nil))[:8])
}

// headerAct is the header with which a program names its act, so that it can
// send it again when no answer came.
const headerAct = "Idempotency-Key"

func actOfHeader(r *http.Request, id string) (domain.ActID, error) {
	if sent := strings.Trim(r.Header.Get(headerAct), `"`); sent != "" {
		id = sent
	}
	return actNamed(headerAct, id)
}

func actNamed(field, id string) (domain.ActID, error) {
	if !domain.ValidID(id) || len(id) > 36 { // leaves room for what is named after it
		return "", domain.ErrBadID.On(field)
	}
	return domain.ActID(id), nil
}
