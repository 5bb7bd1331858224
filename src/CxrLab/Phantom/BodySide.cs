namespace CxrLab.Phantom;

/// <summary>Where in the body something lies, from the patient's point of view: his left is the frontal picture's right.</summary>
public enum BodySide : byte
{
    /// <summary>Between the lungs.</summary>
    Middle,

    /// <summary>The patient's right.</summary>
    Right,

    /// <summary>The patient's left.</summary>
    Left,

    /// <summary>Both lungs.</summary>
    Both,
}
