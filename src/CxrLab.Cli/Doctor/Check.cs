namespace CxrLab.Cli.Doctor;

/// <summary>Outcome of a check.</summary>
internal enum CheckState
{
    Fine,
    Note,
    Wrong,
}

/// <summary>One line of the doctor's report.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Found">What was found.</param>
/// <param name="State">Whether that is fine.</param>
/// <param name="Remedy">What to do, where it isn't.</param>
internal sealed record Check(string Name, string Found, CheckState State = CheckState.Fine, string? Remedy = null);
