namespace CxrLab.Ensembling;

/// <summary>All ways to combine, by the names of the command line.</summary>
public static class EnsembleCatalog
{
    /// <summary>Those that learn nothing.</summary>
    public static IReadOnlyDictionary<string, IEnsemble> Fixed { get; } = new Dictionary<string, IEnsemble>(StringComparer.Ordinal)
    {
        ["mean"] = new MeanProbability(),
        ["logit"] = new MeanLogit(),
        ["rank"] = new MeanRank(),
    };

    /// <summary>Those that learn from validation images.</summary>
    public static IReadOnlyDictionary<string, IEnsembleFit> Fitted { get; } = new Dictionary<string, IEnsembleFit>(StringComparer.Ordinal)
    {
        ["dirichlet"] = new DirichletSearch(),
        ["stacking"] = new Stacking(),
    };
}
