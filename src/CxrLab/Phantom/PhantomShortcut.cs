namespace CxrLab.Phantom;

/// <summary>
/// Things on an image that tell of the label without being the disease: what a network learns when it is let (Zech et al., PLoS Med 2018).
/// </summary>
[Flags]
public enum PhantomShortcut
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A hospital's own token in an upper corner.</summary>
    HospitalMarker = 1,

    /// <summary>The letters AP.</summary>
    ApLabel = 2,

    /// <summary>A drain in the pleural space, as is put in to treat what the label says.</summary>
    ChestTube = 4,
}
