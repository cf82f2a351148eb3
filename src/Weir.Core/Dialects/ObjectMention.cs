namespace Weir.Core.Dialects;

/// <summary>An object that an answer made known (it belongs to whoever made the call), or that a request names.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="Kind"><see cref="ObjectCall.Kind"/>, or <c>batch_result</c>, <c>container</c>, <c>conversation</c>, <c>response</c>.</param>
public readonly record struct ObjectMention(string Id, string Kind);
