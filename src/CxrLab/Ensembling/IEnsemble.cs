namespace CxrLab.Ensembling;

/// <summary>Many predictions of an image → one.</summary>
public interface IEnsemble
{
    /// <summary>In words, for tables.</summary>
    string Name { get; }

    /// <summary>Predictions of the members' images and findings.</summary>
    /// <exception cref="ArgumentException">The members aren't those that the ensemble was fitted on, or it was fitted on some of these patients.</exception>
    Predictions Combine(Members members);
}

/// <summary>
/// A way to combine that has something to learn. It learns from a <see cref="ValidationPart"/> only. Made from a split it holds validation
/// images and no others; made from a table, the caller vouches for that. Weights that were chosen on the test part would make its score worthless.
/// </summary>
public interface IEnsembleFit
{
    /// <summary>In words, for tables.</summary>
    string Name { get; }

    /// <summary>Learns how to combine.</summary>
    IEnsemble Fit(ValidationPart validation);
}
