namespace CxrLab.Notebooks.Jupyter;

/// <summary>The channels that carry messages; the heartbeat carries none.</summary>
internal enum Channel
{
    /// <summary>Requests in order, such as cells to run.</summary>
    Shell,

    /// <summary>Requests that don't wait behind a running cell: interrupt, shutdown.</summary>
    Control,

    /// <summary>The kernel's questions to the person at the keyboard.</summary>
    Stdin,

    /// <summary>What everybody sees: outputs and states.</summary>
    IoPub,
}
