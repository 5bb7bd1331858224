namespace CxrLab.Losses;

/// <summary>What turns a model's raw output into probabilities before areas are compared.</summary>
public enum Activation
{
    /// <summary>Each channel on its own: structures may overlap, as heart and lung do.</summary>
    Sigmoid,

    /// <summary>Over the channels, dimension 1: every pixel belongs to exactly one. Know such a pixel in all channels or in none.</summary>
    Softmax,

    /// <summary>The predictions are probabilities already, such as a heat map in [0, 1].</summary>
    None,
}
