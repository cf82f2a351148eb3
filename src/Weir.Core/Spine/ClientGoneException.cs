namespace Weir.Core.Spine;

/// <summary>
/// The client's side of the connection is finished: a flush came back completed. Thrown because the flush may say so
/// before <see cref="IClientChannel.Gone"/> fires, and the two must not be told apart.
/// </summary>
internal sealed class ClientGoneException() : OperationCanceledException("The client stopped reading.");
