//go:build tools

// Package tools keeps the Node.js language host among this module's requirements: `go mod tidy`
// drops whatever no Go file imports.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
