//go:build tools

// Package tools keeps the YAML language host among this module's requirements: `go mod tidy` drops
// whatever no Go file imports.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
