// Command generator writes the package of a language from the schema of a plugin. It calls what `pulumi package gen-sdk`
// calls; that command needs the language hosts, which only a complete installation of Pulumi has. It is compiled with one of the
// other files of this folder, since Pulumi's generators are in modules of different versions.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("usage: generator LANGUAGE SCHEMA FOLDER")
	}
	pkg, err := read(args[1])
	if err != nil {
		return err
	}
	files, err := generate(args[0], pkg)
	if err != nil {
		return err
	}
	return write(args[2], files)
}

func read(path string) (*schema.Package, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, err
	}
	pkg, problems, err := schema.BindSpec(spec, noOtherPackages(), schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	// Warnings too: the generators leave out what they do not understand.
	if len(problems) > 0 {
		return nil, problems
	}
	return pkg, nil
}

func write(folder string, files map[string][]byte) error {
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
