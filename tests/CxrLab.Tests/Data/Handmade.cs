using CxrLab.Data;

namespace CxrLab.Tests.Data;

/// <summary>Small indexes written by hand: <c>p</c> positive, <c>n</c> negative, <c>u</c> uncertain, <c>.</c> missing.</summary>
internal static class Handmade
{
    internal static CxrRecord Record(string source, string image, string patient, string states, View view = View.PA, double? age = null) => new()
    {
        Source = source,
        ImageId = image,
        PatientId = patient,
        View = view,
        Age = age,
        Labels = [.. states.Select(State)],
    };

    internal static LabelState State(char letter) => letter switch { 'p' => LabelState.Positive, 'n' => LabelState.Negative, 'u' => LabelState.Uncertain, _ => LabelState.Missing };

    /// <summary>One record in which the named findings have the given states and all others <paramref name="rest"/>.</summary>
    internal static CxrIndex One(string source, LabelSet labels, char rest, params (string Finding, char State)[] states) =>
        new(source, labels, [Record(source, "a.png", "1", string.Concat(labels.Select(name => states.FirstOrDefault(pair => pair.Finding == name) is { Finding: not null } pair ? pair.State : rest)))]);
}
