/// What a request asks for, in the words of Kubernetes' permissions.
enum KubernetesVerb: String, Sendable {
  case get
  case list
  case watch
  case create
  case update
  case patch
  case delete

  /// The method of HTTP.
  var method: String {
    switch self {
    case .get, .list, .watch: "GET"
    case .create: "POST"
    case .update: "PUT"
    case .patch: "PATCH"
    case .delete: "DELETE"
    }
  }
}
