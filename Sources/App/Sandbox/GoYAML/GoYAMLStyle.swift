/// How a scalar stands in YAML.
enum GoYAMLStyle {
  case plain, singleQuoted, doubleQuoted, literal
}
