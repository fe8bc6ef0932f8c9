package main

import (
	"fmt"
	"runtime/debug"
)

// versionVerb says which version this is.
type versionVerb struct{}

func (versionVerb) Help() string {
	return `The version is that of the module or, when it was built from a working copy,
the commit. It stands in the metrics too, as koersvast_build_info.`
}

func (versionVerb) Run(con console) error {
	_, err := fmt.Fprintln(con.out, "koersvast", version())
	return err
}

// version is what the Go toolchain knows about the build.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	commit, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = " with changes"
		}
	}
	if commit == "" {
		return "from source"
	}
	return commit + changed
}
