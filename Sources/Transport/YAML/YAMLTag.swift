/// The tags that matter for text. Others are passed over, as Go's yaml.v3 does where text is wanted.
enum YAMLTag {
  static let text = "tag:yaml.org,2002:str"
  static let merge = "tag:yaml.org,2002:merge"
  static let binary = "tag:yaml.org,2002:binary"
}
